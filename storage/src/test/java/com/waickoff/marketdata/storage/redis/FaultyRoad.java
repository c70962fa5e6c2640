package com.waickoff.marketdata.storage.redis;

import com.waickoff.marketdata.storage.TestPorts;
import java.io.IOException;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.tcp.TcpCrusher;
import org.netcrusher.tcp.TcpCrusherBuilder;

/** A TCP proxy on loopback that freezes and cuts what goes through it. */
final class FaultyRoad implements AutoCloseable {
    private final NioReactor reactor;
    private final TcpCrusher crusher;
    private final int port;

    FaultyRoad(String serverHost, int serverPort) throws IOException {
        reactor = new NioReactor();
        port = TestPorts.next();
        crusher = TcpCrusherBuilder.builder().withReactor(reactor)
                .withBindAddress("127.0.0.1", port)
                .withConnectAddress(serverHost, serverPort).buildAndOpen();
    }

    /** The same server, by this road. */
    RedisSettings settings(RedisSettings direct) {
        return RedisSettings.at("redis://127.0.0.1:" + port + '/' + direct.database())
                .with(direct.login()).withPrefix(direct.prefix());
    }

    void freeze() {
        crusher.freeze();
    }

    void thaw() {
        crusher.unfreeze();
    }

    void cut() {
        crusher.close();
    }

    void mend() {
        crusher.open();
    }

    @Override
    public void close() {
        crusher.close();
        reactor.close();
    }
}
