package com.waickoff.marketdata.storage.embedded;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that speaks MongoDB's protocol, hosted by this process: on loopback, with its file in the
 * data directory. It ends with the process, however that ends; what had been confirmed with
 * {@code j: true} is there when it is opened again.
 *
 * <pre>
 *   DATA/drain/mongo.mv        the documents
 *   DATA/drain/mongo.uri       where it listens, for readers; mode 0600; gone after a clean end
 *   DATA/drain/mongo.mv.bad-N  a file that could not be read: the journal fills a new one
 * </pre>
 *
 * <p>It knows no users: whoever may open sockets on this machine may read and write it. It has no
 * transactions, change streams or validators, and does not act upon TTL indexes.
 *
 * <p>Threads: its own; {@link #close()} by whoever opened it.
 */
public final class EmbeddedMongo implements AutoCloseable {
    /** Name of the file with its address. */
    public static final String URI_FILE = "mongo.uri";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMongo.class);
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final String STORE_FILE = "mongo.mv";
    private static final Pattern ADDRESS = Pattern
            .compile("mongodb://([0-9.]{7,15}):([0-9]{1,5})");
    private static final int CACHE_MB = 32;
    private static final int WRITE_BUFFER_KB = 4 << 10;
    /** What was overwritten is given back after this time; a crash needs only the newest. */
    private static final int RETENTION_MS = 5_000;
    private static final int BOSS_THREADS = 1;
    private static final int WORKER_THREADS = 4;

    private final Path directory;
    private final MongoServer server;

    private EmbeddedMongo(Path directory, MongoServer server) {
        this.directory = directory;
        this.server = server;
    }

    /**
     * Opens the store of a directory, which is made if need be, and listens.
     *
     * @param directory such as {@code DATA/drain}
     * @param port on loopback; 0 for any that is free
     * @throws IOException if another process has the store, or the directory cannot be written
     */
    public static EmbeddedMongo open(Path directory, int port) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(STORE_FILE);
        MongoServer server = new MongoServer(new StoredBackend(openStore(file)));
        server.bind(new InetSocketAddress(LOOPBACK, port), BOSS_THREADS,
                WORKER_THREADS);
        EmbeddedMongo embedded = new EmbeddedMongo(directory, server);
        try {
            OwnerFiles.write(directory.resolve(URI_FILE), embedded.uri() + '\n');
        } catch (IOException e) {
            server.shutdown();
            throw e;
        }
        return embedded;
    }

    private static MVStore openStore(Path file) throws IOException {
        try {
            return storeAt(file);
        } catch (MVStoreException e) {
            if (isLocked(e)) {
                throw new IOException(file + ": another process has this store: is a drain already"
                        + " running on this data directory?", e);
            }
            Path aside = freeName(file);
            Files.move(file, aside);
            LOG.error("{} cannot be read and was set aside as {}: what the journal still holds is"
                    + " written anew", file, aside.getFileName(), e);
            return storeAt(file);
        }
    }

    private static MVStore storeAt(Path file) {
        MVStore store = new MVStore.Builder().fileName(file.toString()).cacheSize(CACHE_MB)
                .autoCommitBufferSize(WRITE_BUFFER_KB).compress()
                .backgroundExceptionHandler((thread, failure) -> LOG
                        .error("the embedded store could not write {}", file, failure))
                .open();
        store.setRetentionTime(RETENTION_MS);
        return store;
    }

    private static boolean isLocked(MVStoreException e) {
        return e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED;
    }

    private static Path freeName(Path file) {
        int number = 1;
        while (Files.exists(file.resolveSibling(STORE_FILE + ".bad-" + number))) {
            number++;
        }
        return file.resolveSibling(STORE_FILE + ".bad-" + number);
    }

    /**
     * Where the store of a directory listens, as a process beside its host finds it.
     *
     * @throws java.nio.file.NoSuchFileException if nobody hosts one there
     * @throws IOException if that cannot be read
     */
    public static String addressIn(Path directory) throws IOException {
        Path file = directory.resolve(URI_FILE);
        String address = Files.readString(file).strip();
        if (!ADDRESS.matcher(address).matches()) {
            throw new IOException(file + " is damaged: it holds no address");
        }
        return address;
    }

    /**
     * Returns if somebody listens there: a host that was killed leaves its address behind.
     *
     * @param uri as of {@link #addressIn}
     * @param patience longest wait
     * @throws IOException if nobody does
     */
    public static void knock(String uri, Duration patience) throws IOException {
        Matcher parts = ADDRESS.matcher(uri);
        if (!parts.matches()) {
            throw new IOException("no address of a hosted store");
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral(parts.group(1)),
                    Integer.parseInt(parts.group(2))), (int) patience.toMillis());
        }
    }

    /** Where it listens. */
    public String uri() {
        InetSocketAddress at = server.getLocalAddress();
        return "mongodb://" + at.getAddress().getHostAddress() + ':' + at.getPort();
    }

    /** Writes all there is, closes the file and ends the server. */
    @Override
    public void close() throws IOException {
        server.shutdown();
        Files.deleteIfExists(directory.resolve(URI_FILE));
    }
}
