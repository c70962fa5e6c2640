package com.waickoff.marketdata.storage.cli;

import com.waickoff.marketdata.storage.StoreSettings;
import com.waickoff.marketdata.storage.embedded.EmbeddedMongo;
import com.waickoff.marketdata.storage.mongo.MongoRetention;
import com.waickoff.marketdata.storage.mongo.MongoRetention.RetentionFailedException;
import com.waickoff.marketdata.storage.retention.RetentionSettings;
import com.waickoff.marketdata.storage.retention.WarmTier;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * MongoDB, be it hosted by a drain or elsewhere, as the tier of retention. Looks for it when it is
 * asked something, for each round anew: a store that was not there may be.
 *
 * <p>Threads: one.
 */
final class MongoTier implements WarmTier {
    private final StoreSettings stores;
    private final RetentionSettings.Warm bounds;
    private @Nullable MongoRetention opened;
    private String openedUri = "";

    MongoTier(StoreSettings stores) {
        this.stores = stores;
        bounds = stores.retention().warm();
    }

    @Override
    public List<Goes> plan(long nowMs) throws IOException {
        MongoRetention retention = open();
        if (retention == null) {
            return List.of();
        }
        try {
            return retention.plan(bounds.ages(), bounds.bytes(), nowMs).stream()
                    .map(goes -> new Goes(goes.collection(), goes.documents(),
                            goes.isWhole() ? "the day goes" : "older than it may be"))
                    .toList();
        } catch (RetentionFailedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public long apply(long nowMs) throws IOException {
        MongoRetention retention = open();
        if (retention == null) {
            return 0;
        }
        try {
            return retention.apply(retention.plan(bounds.ages(), bounds.bytes(), nowMs));
        } catch (RetentionFailedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private @Nullable MongoRetention open() throws IOException {
        String uri = stores.mongoUri();
        if (uri.equals(StoreSettings.NONE)) {
            return null;
        }
        if (uri.equals(StoreSettings.EMBEDDED)) {
            uri = EmbeddedMongo.addressIn(stores.directory());
        }
        MongoRetention known = opened;
        if (known != null && openedUri.equals(uri)) {
            return known;
        }
        close();
        MongoRetention retention = new MongoRetention(stores.mongo(uri));
        opened = retention;
        openedUri = uri;
        return retention;
    }

    @Override
    public void close() {
        MongoRetention known = opened;
        opened = null;
        if (known != null) {
            known.close();
        }
    }
}
