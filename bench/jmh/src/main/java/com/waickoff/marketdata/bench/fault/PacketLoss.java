package com.waickoff.marketdata.bench.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Packets from a port of this machine that get lost by chance, by a rule of the kernel's packet
 * filter ({@code nft}, which needs the rights of root). The rule is gone when this is closed.
 */
final class PacketLoss implements AutoCloseable {
    private static final int PATIENCE_S = 10;

    private final String table;

    private PacketLoss(String table) {
        this.table = table;
    }

    /**
     * Begins to lose packets.
     *
     * @param port they come from
     * @param percent of them that get lost
     * @throws IOException if there is no packet filter, or it is not ours to change
     */
    static PacketLoss begin(int port, int percent) throws IOException, InterruptedException {
        String table = "waickoff_loss_" + port;
        filter("add table inet " + table + "; add chain inet " + table
                + " in { type filter hook input priority 0; }; add rule inet " + table
                + " in tcp sport " + port + " numgen random mod 100 < " + percent + " drop");
        return new PacketLoss(table);
    }

    /** Why packets cannot be lost here; empty if they can. */
    static String obstacle() throws InterruptedException {
        try (PacketLoss _ = begin(1, 0)) {
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void filter(String rules) throws IOException, InterruptedException {
        Process nft = new ProcessBuilder(List.of("nft", rules)).redirectErrorStream(true).start();
        String said = new String(nft.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!nft.waitFor(PATIENCE_S, TimeUnit.SECONDS) || nft.exitValue() != 0) {
            throw new IOException("nft: " + said.strip());
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        filter("delete table inet " + table);
    }
}
