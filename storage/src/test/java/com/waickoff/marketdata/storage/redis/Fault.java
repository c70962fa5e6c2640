package com.waickoff.marketdata.storage.redis;

import io.lettuce.core.KillArgs;
import java.nio.file.Files;
import java.util.random.RandomGenerator;

/** What may happen to a server and the road to it, and ends by itself. */
enum Fault {
    /** The server ends the connections. */
    CLIENT_KILL {
        @Override
        void strike(TestRedis redis, FaultyRoad road, RandomGenerator random) {
            redis.look().clientKill(KillArgs.Builder.typeNormal().skipme());
        }
    },
    /** The server stops for longer than the drain waits, then goes on with what it was sent. */
    STALL {
        @Override
        void strike(TestRedis redis, FaultyRoad road, RandomGenerator random) throws Exception {
            redis.signal("STOP");
            Thread.sleep(400 + random.nextInt(400));
            redis.signal("CONT");
        }
    },
    /** The network swallows what is sent; the connections stay. */
    FREEZE {
        @Override
        void strike(TestRedis redis, FaultyRoad road, RandomGenerator random) throws Exception {
            road.freeze();
            Thread.sleep(400 + random.nextInt(400));
            road.thaw();
        }
    },
    /** The network ends the connections, and refuses new ones for a while. */
    CUT {
        @Override
        void strike(TestRedis redis, FaultyRoad road, RandomGenerator random) throws Exception {
            road.cut();
            Thread.sleep(random.nextInt(100));
            road.mend();
        }
    },
    /** The server is killed, and comes back with what it had saved some time before. */
    RESTART_WITH_OLDER_DATA {
        @Override
        void strike(TestRedis redis, FaultyRoad road, RandomGenerator random) throws Exception {
            redis.look().save();
            Thread.sleep(random.nextInt(10));
            redis.kill();
            redis.restart();
        }
    },
    /** The server is killed, and comes back with nothing. */
    RESTART_WITHOUT_DATA {
        @Override
        void strike(TestRedis redis, FaultyRoad road, RandomGenerator random) throws Exception {
            redis.kill();
            Files.deleteIfExists(redis.directory().resolve("dump.rdb"));
            redis.restart();
        }
    },
    /** The server has no memory left, then some, then enough. */
    OUT_OF_MEMORY {
        @Override
        void strike(TestRedis redis, FaultyRoad road, RandomGenerator random) throws Exception {
            for (int i = 0; i < 10; i++) {
                redis.look().configSet("maxmemory", "1");
                Thread.sleep(random.nextInt(10));
                redis.look().configSet("maxmemory", "0");
                Thread.sleep(random.nextInt(3));
            }
        }
    };

    /** Whether it is the network's alone, so that any server may be tested with it. */
    boolean isOfTheNetwork() {
        return this == FREEZE || this == CUT;
    }

    /** Strikes, and returns when it is over. */
    abstract void strike(TestRedis redis, FaultyRoad road, RandomGenerator random)
            throws Exception;
}
