package com.waickoff.venue;

/** What {@link ServeVenue} says of itself. */
final class SimulateUsage {
    static final String TEXT = """
            Usage: waickoff simulate (--recording FILE | --synthetic --venue VENUE) [options]
            Serves WebSocket and REST of a venue on 127.0.0.1. Prints a line of JSON when it
            listens, and one when all has been played:
              {"venue":"…","port":N,"tlsPort":N,"ws":"ws://…","http":"http://…",
               "seed":N,"faultSeed":N}
              {"played":N,"timeShiftMs":N}
            Ends on SIGTERM, after --seconds, or, without --hold, when all has been played.

              --recording FILE       receive time TAB kind TAB payload; may be packed (.gz)
              --synthetic            an invented market
              --venue VENUE          bybit-spot, bybit-linear, bybit-inverse, binance-spot,
                                     binance-usdm or binance-coinm; a recording's frames tell
                                     theirs
              --instruments LIST     symbols, or SYMBOL:tick:lot:price:typical-lots; or a number: so
                                     many invented ones, COIN0001USDT and so on, all of them thin
              --port N               default 0: a free one
              --seconds N            stop after N seconds of the wall clock
              --end-with-stdin       stop when standard input ends: with the parent, whatever
                                     befalls it
            Playing
              --times kept|rebased   default: kept of a recording, rebased (to now) if synthetic
              --start-on-subscribe   play nothing until the expected streams are subscribed
              --expect any|NAME,…    those streams; default: of each symbol trades and book
              --speed N|max          default 1; max: as fast as it is read
              --pace N               N frames a second of what is subscribed instead, whatever
                                     their times
              --hold                 stay, and keep connections open, when all has been played
              --answers recorded|kept  the first request for a book of a recording: its recorded
                                     answer at its place (default), or the book as it is
              --busy                 spin for exact times instead of naps of 1 ms
              --read-ahead-mb N      default 32
            Synthetic
              --seed N               default 1; the same seed gives the same market
              --market-seconds N     length in event time; default: for ever
              --rate N               orders and cancels a second and instrument; of the busiest
              --zipf X               the n-th instrument is n^X times quieter: 1 for invented ones,
                                     0 for others
              --streams PART,…       only streams with these beginnings or endings, e.g.
                                     @trade,@depth@100ms,@depth5@100ms or publicTrade.,orderbook.50.
              --thin                 a small market
              --few-streams          only the streams that recordings have
              --start INSTANT        default 2026-01-05T14:00:00Z; shows where times are kept
              --truth DIR            when all has been played: windows.csv, profile.csv, book.csv as
                                     they truly are, instruments.csv, and lost.csv, the trades
                                     that no connection was sent whole; needs --market-seconds
            Measuring
              --send-log FILE        mapped: when the frame of each trade and book update was
                                     given to the socket, by System.nanoTime (see SendLog)
              --send-log-mb N        default 64; a frame takes 32 bytes, the oldest are overwritten
            Metadata
              --metadata FILE        answer requests for listings as recorded (H lines)
              --filler N             list N more symbols that nobody trades
            Faults (default: none)
              --faults NAME=RATE,…   for each frame: drop, duplicate, delay, late, garbage,
                                     oversize, cut, cut-in-frame, reset, close, freeze, swap,
                                     corrupt-level, cross, wild-time, new-field, unknown-event,
                                     bad-utf8, compressed, masked, binary, deep-json,
                                     huge-header, slice, trickle
              --fault-seed N         default 1      --fault-log FILE       what was done, as CSV
              --delay-ms N           longest, 500   --freeze-ms N          0: until the end
              --close-code N         default 1012   --oversize-mb N        default 8
              --fault-streams NAMES  befall the frames of these streams only
              --refuse STATUS[xN][:S]  refuse the first N handshakes (1) with 403, 429, 503, …;
                                     Retry-After is S seconds
              --nack NAMES           refuse subscriptions; a star stands for any letters
              --silent NAMES         acknowledge subscriptions and never deliver
              --orders "TIME ORDER; …"  what is to happen when, counted from the start of the play:
                                     10s by the wall clock, market:2h by event time, every 30s
                                     again and again; 0s before the first client comes in
              --script FILE          the same from a file, a line each, # begins a remark
              --clock-offset-ms N    the venue's clock is so far ahead of the true time
              --limits KEY=N,…       instead of the venue's own; 0 is none: messages (a second),
                                     connects (in 5 min), connections (at a time), streams, args
                                     (characters), args-request, weight, ban-ms, ping-ms, pong-ms,
                                     silence-ms, lifetime-ms, pending-mb
            Orders
              strike FAULT [all|N|STREAMS]    at once, to all connections or some of them
              next FAULT STREAMS [xN]         to the next N frames that it can befall
              silence STREAMS [same|other]    they stop until they are subscribed again, on the same
                                              connection or another; or on another one only
              mute | nack [xN] | no-ack [xN] | ignore [xN]  STREAMS: subscriptions are acknowledged
                                              without data, refused, without answer, passed over
              refuse | refuse-rest STATUS[xN] [SECONDS], slow-rest MS
              shutdown MS                     says that it stops, and closes so much later
              speed FACTOR                    of the market, from now on
              faults NAME=RATE,…|none         other rates from now on
              unlist | list | halt | resume | delist SYMBOL
              status SYMBOL WORD, steps SYMBOL TICK LOT, turnover SYMBOL MONEY
            TLS
              --tls                  a second port, with a certificate of a CA made at the start
              --tls-port N           default 0      --ca-out FILE          the CA's root as PEM
              --tls-names LIST       default localhost,127.0.0.1
            """;

    private SimulateUsage() {}
}
