package com.waickoff.marketdata.cli;

/**
 * How a command ends; from 64 on after {@code sysexits.h}. This is the one list of them.
 *
 * <pre>
 *     0  done; what was looked at is in order
 *     1  done; something was found: damage, nothing to show
 *     2  the command line is wrong
 *    65  a file's content is wrong: damaged, of another program, of another version
 *    66  a file or directory that was to be read is not there
 *    70  a fault of this program
 *    73  a file or directory cannot be created
 *    74  reading or writing failed
 *    75  in use by another process; later it may work
 *    78  the configuration is wrong
 *   130  interrupted; what was printed covers what was done until then
 * </pre>
 */
enum ExitCode {
    /** Done, and in order. */
    OK(0),
    /** Done, and something was found. */
    FINDING(1),
    /** The command line is wrong. */
    USAGE(2),
    /** A file's content is wrong. */
    BAD_DATA(65),
    /** A file that was to be read is not there. */
    NO_INPUT(66),
    /** A fault of this program. */
    SOFTWARE(70),
    /** A file cannot be created. */
    CANNOT_CREATE(73),
    /** Reading or writing failed. */
    IO_ERROR(74),
    /** In use by another process. */
    IN_USE(75),
    /** The configuration is wrong. */
    CONFIG(78),
    /** Interrupted by a person or the system. */
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** What the process ends with. */
    int code() {
        return code;
    }
}
