package com.waickoff.marketdata.bench.storage;

import com.waickoff.marketdata.storage.embedded.EmbeddedMongo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** A Mongo-compatible server of its own process, to be killed. Ends with its input. */
final class MongoStore {
    private MongoStore() {}

    /** Arguments: directory, port on loopback. */
    public static void main(String[] arguments) throws IOException {
        try (EmbeddedMongo store = EmbeddedMongo.open(Path.of(arguments[0]),
                Integer.parseInt(arguments[1]))) {
            System.out.println(store.uri());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
