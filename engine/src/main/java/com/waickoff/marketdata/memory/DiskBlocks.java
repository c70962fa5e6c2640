package com.waickoff.marketdata.memory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Gives a file blocks of the disk before anything is written there, and takes back those it does
 * not need. Neither changes what the file holds, nor its length.
 *
 * <p>A mapped file that the disk has no room for fails in the middle of a store, if it is noticed at
 * all; one that has its blocks cannot. So room is asked for here, where its lack is an exception.
 *
 * <p>By {@code fallocate(2)} of Linux. File systems that write elsewhere with each change (btrfs,
 * ZFS) give no such promise, although they may say so.
 *
 * <p>Threads: any.
 */
public final class DiskBlocks {
    /** What is asked for and given back in: no file system in use has larger blocks. */
    public static final int GRAIN = 1 << 16;

    private static final boolean IS_LINUX = System.getProperty("os.name", "")
            .toLowerCase(Locale.ROOT).startsWith("linux");
    private static final int READ_WRITE_CLOSE_ON_EXEC = 02 | 02_000_000;
    private static final int KEEP_SIZE = 1;
    private static final int PUNCH_HOLE = 2;
    private static final int NO_SPACE = 28;
    private static final int QUOTA_EXCEEDED = 122;
    private static final int NOT_IMPLEMENTED = 38;
    private static final int NOT_SUPPORTED = 95;

    private DiskBlocks() {}

    /** The disk, or the quota, has no room for so many blocks. */
    public static final class NoSpaceException extends IOException {
        private static final long serialVersionUID = 1L;

        /** So many bytes found no room. */
        public NoSpaceException(Path file, long length) {
            super(file + ": the disk has no room for " + length + " bytes more");
        }
    }

    /**
     * Gives a file the blocks it lacks in a range, which may be beyond its end.
     *
     * @param file exists
     * @param from offset of the first byte, at least 0
     * @param length bytes, more than 0
     * @return false if the system or the file system cannot
     * @throws NoSpaceException if there are not so many; some of them may have been given
     * @throws IOException if it fails otherwise
     */
    public static boolean reserve(Path file, long from, long length) throws IOException {
        return IS_LINUX && allocate(file, KEEP_SIZE, from, length);
    }

    /**
     * Takes back the blocks of a range in which nothing was written, and those beyond the end of the
     * file. It reads as zeroes, as before.
     *
     * @param file exists, and nobody makes it longer meanwhile
     * @param from offset of the first byte; the blocks from the next multiple of {@link #GRAIN} on
     * @param end of the range; at least the length of the file, so that what follows is taken too
     * @throws IOException if it fails
     */
    public static void release(Path file, long from, long end) throws IOException {
        long first = (from + GRAIN - 1) / GRAIN * GRAIN;
        if (IS_LINUX && first < end) {
            allocate(file, KEEP_SIZE | PUNCH_HOLE, first, end - first);
            withFile(file, (libc, descriptor) -> libc.truncate(descriptor,
                    file.toFile().length()));
        }
    }

    private static boolean allocate(Path file, int mode, long from, long length)
            throws IOException {
        int error = withFile(file,
                (libc, descriptor) -> libc.fallocate(descriptor, mode, from, length));
        return switch (error) {
            case 0 -> true;
            case NOT_IMPLEMENTED, NOT_SUPPORTED -> false;
            case NO_SPACE, QUOTA_EXCEEDED -> throw new NoSpaceException(file, length);
            default -> throw failed(file, "fallocate", error);
        };
    }

    private static int withFile(Path file, Action action) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Libc libc = new Libc(arena);
            int descriptor = libc.open(arena.allocateFrom(file.toString()));
            if (descriptor < 0) {
                throw failed(file, "open", -descriptor);
            }
            try {
                return action.on(libc, descriptor);
            } finally {
                libc.close(descriptor);
            }
        }
    }

    private static IOException failed(Path file, String call, int error) {
        return new IOException(
                file + ": " + call + " failed with error " + error + " of the system");
    }

    /** What is done with an open file: 0, or the error. */
    @FunctionalInterface
    private interface Action {
        int on(Libc libc, int descriptor);
    }

    /** Calls of the C library; each returns a negative error, or what the call returned. */
    private static final class Libc {
        private static final StructLayout ERROR_STATE = Linker.Option.captureStateLayout();
        private static final VarHandle ERROR = ERROR_STATE
                .varHandle(MemoryLayout.PathElement.groupElement("errno"));
        private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
        private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
        private static final MethodHandle OPEN = call("open",
                FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT));
        private static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(INT, INT));
        private static final MethodHandle FALLOCATE = call("fallocate",
                FunctionDescriptor.of(INT, INT, INT, LONG, LONG));
        private static final MethodHandle TRUNCATE = call("ftruncate",
                FunctionDescriptor.of(INT, INT, LONG));

        private final MemorySegment state;

        Libc(Arena arena) {
            state = arena.allocate(ERROR_STATE);
        }

        int open(MemorySegment path) {
            try {
                int descriptor = (int) OPEN.invokeExact(state, path, READ_WRITE_CLOSE_ON_EXEC);
                return descriptor < 0 ? -error() : descriptor;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }

        void close(int descriptor) {
            try {
                int ignored = (int) CLOSE.invokeExact(state, descriptor);
                assert ignored == 0;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }

        /** 0, or the error. */
        int fallocate(int descriptor, int mode, long from, long length) {
            try {
                int result = (int) FALLOCATE.invokeExact(state, descriptor, mode, from, length);
                return result == 0 ? 0 : error();
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }

        /** 0, or the error. */
        int truncate(int descriptor, long length) {
            try {
                int result = (int) TRUNCATE.invokeExact(state, descriptor, length);
                return result == 0 ? 0 : error();
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }

        private int error() {
            return (int) ERROR.get(state, 0L);
        }

        @SuppressWarnings("restricted") // the C library, by the signatures of its manual
        private static MethodHandle call(String name, FunctionDescriptor signature) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), signature,
                    Linker.Option.captureCallState("errno"));
        }
    }
}
