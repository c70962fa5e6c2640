package com.waickoff.marketdata.storage.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.WriteConcern;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import com.waickoff.marketdata.storage.mongo.MongoSettings.Durability;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * The connections to a server: few, made when they are needed, and each question with a deadline. The
 * driver repeats no writes: whoever writes knows what may be repeated.
 *
 * <p>Threads: any.
 */
final class MongoDoor implements AutoCloseable {
    private static final String CLOSED = "the connection was closed";
    private static final int MOST_CONNECTIONS = 8;
    /** A server that is away is told of well before the deadline of most questions. */
    private static final long CONNECT_MS = 3_000;
    /** Who waits long for an answer waits longer for the connection too. */
    private static final int CONNECTS_IN_DEADLINE = 6;
    /** As much of a driver's message as is worth showing: some quote whole documents. */
    private static final int MOST_MESSAGE = 200;
    private static final Pattern CAUSED_BY = Pattern.compile(".*caused by \\{([^{}]+)\\}");

    private final MongoSettings settings;
    private final MongoClient client;
    private final MongoDatabase database;
    private final Set<Answer<?>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private MongoDoor(MongoSettings settings, MongoClient client) {
        this.settings = settings;
        this.client = client;
        database = client.getDatabase(settings.database())
                .withWriteConcern(settings.durability() == Durability.MAJORITY
                        ? WriteConcern.MAJORITY.withJournal(true) : WriteConcern.JOURNALED);
    }

    /**
     * Connects to nothing yet.
     *
     * @throws IllegalArgumentException if the connection string or the CA file is unusable; its
     *     message does not quote the former
     */
    static MongoDoor open(MongoSettings settings) {
        MongoClientSettings.Builder builder = MongoClientSettings.builder()
                .applyConnectionString(connectionString(settings.uri()))
                .applicationName("waickoff").retryWrites(false)
                .applyToConnectionPoolSettings(pool -> pool.maxSize(MOST_CONNECTIONS))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(
                        connectMs(settings.deadline()), TimeUnit.MILLISECONDS))
                .applyToSocketSettings(socket -> socket
                        .connectTimeout(connectMs(settings.deadline()), TimeUnit.MILLISECONDS)
                        .readTimeout(settings.deadline().toMillis(),
                                TimeUnit.MILLISECONDS));
        Path caFile = settings.caFile();
        if (caFile != null) {
            SSLContext trusted = trusting(caFile);
            builder.applyToSslSettings(ssl -> ssl.enabled(true).context(trusted));
        }
        return new MongoDoor(settings, MongoClients.create(builder.build()));
    }

    private static long connectMs(Duration deadline) {
        long deadlineMs = deadline.toMillis();
        return Math.min(deadlineMs, Math.max(CONNECT_MS, deadlineMs / CONNECTS_IN_DEADLINE));
    }

    private static ConnectionString connectionString(String uri) {
        try {
            return new ConnectionString(uri);
        } catch (IllegalArgumentException unusable) {
            // Its message may quote the string, and with it the password.
            throw new IllegalArgumentException("the MongoDB connection string is not one: allowed"
                    + " is mongodb://[user:password@]host[:port][/?options] or mongodb+srv://…");
        }
    }

    private static SSLContext trusting(Path caFile) {
        try (InputStream in = Files.newInputStream(caFile)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)) {
                trusted.setCertificateEntry("ca-" + number++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory
                    .getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    caFile + ": no certificates in PEM: " + e.getMessage(), e);
        }
    }

    MongoDatabase database() {
        return database;
    }

    MongoCollection<RawBsonDocument> collection(String name) {
        return database.getCollection(name, RawBsonDocument.class);
    }

    /** All that is answered within the deadline of the settings. */
    <T> List<T> ask(Publisher<T> question) throws Answer.NoAnswerException {
        return await(start(question), settings.deadline());
    }

    /** What is answered until there is enough. */
    <T> List<T> ask(Publisher<T> question, Duration deadline, Predicate<T> wantsMore)
            throws Answer.NoAnswerException {
        return await(start(question, wantsMore), deadline);
    }

    /** Asks without waiting: {@link #await} does. */
    <T> Answer<T> start(Publisher<T> question) throws Answer.NoAnswerException {
        return start(question, item -> true);
    }

    private <T> Answer<T> start(Publisher<T> question, Predicate<T> wantsMore)
            throws Answer.NoAnswerException {
        Answer<T> answer = new Answer<>(wantsMore);
        waiting.add(answer);
        try {
            question.subscribe(answer);
        } catch (IllegalStateException e) {
            waiting.remove(answer);
            throw closedOr(e);
        }
        if (closed) {
            giveUp();
        }
        return answer;
    }

    <T> List<T> await(Answer<T> answer, Duration deadline) throws Answer.NoAnswerException {
        try {
            return answer.await(deadline);
        } catch (IllegalStateException e) {
            throw closedOr(e);
        } finally {
            waiting.remove(answer);
        }
    }

    /** Nobody waits for it any longer; of no effect if it has ended. */
    void abandon(Answer<?> answer) {
        waiting.remove(answer);
        answer.giveUp(new Answer.NoAnswerException("nobody waits for it any longer"));
    }

    /** What the driver says when it was closed in the middle of something. */
    private Answer.NoAnswerException closedOr(IllegalStateException e) {
        if (closed) {
            return new Answer.NoAnswerException(CLOSED);
        }
        throw e;
    }

    Duration deadline() {
        return settings.deadline();
    }

    boolean isClosed() {
        return closed;
    }

    /** Ends the connections; whoever waits gets no answer. */
    @Override
    public void close() {
        closed = true;
        giveUp();
        client.close();
    }

    private void giveUp() {
        waiting.forEach(answer -> answer.giveUp(
                new Answer.NoAnswerException(CLOSED)));
    }

    /** What the driver said, in few words. */
    static String reason(Throwable thrown) {
        @Nullable
        String message = thrown.getMessage();
        String text = thrown instanceof MongoTimeoutException ? "no server answers" + whyOf(message)
                : message == null ? thrown.getClass().getSimpleName() : message;
        String brief = text.length() > MOST_MESSAGE ? text.substring(0, MOST_MESSAGE) + "…" : text;
        return thrown instanceof MongoException failure && failure.getCode() > 0
                ? brief + " (code " + failure.getCode() + ')' : brief;
    }

    /** The driver's view of the cluster is long; the reasons of its servers stand in it. */
    private static String whyOf(@Nullable String message) {
        Matcher cause = CAUSED_BY.matcher(message == null ? "" : message);
        return cause.find() ? ": " + cause.group(1) : "";
    }
}
