package com.waickoff.venue.serve;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * Something a venue is told to do while it runs, from one line of words:
 *
 * <pre>
 *   strike FAULT [all|NUMBER|STREAMS]       at once, to connections
 *   next FAULT STREAMS [xN]                 to the next N frames it can befall
 *   silence STREAMS [same|other]            they stop, until they are subscribed again, on the same
 *                                           connection or on another; or on another one only
 *   mute STREAMS | nack STREAMS [xN] | no-ack STREAMS [xN] | ignore STREAMS [xN]
 *   refuse STATUS[xN] [SECONDS] | refuse-rest STATUS[xN] [SECONDS] | slow-rest MS
 *   shutdown MS                             says so, and closes after so long
 *   speed FACTOR                            of the market, from now on
 *   faults NAME=RATE,…                      from now on; none ends them
 *   list | halt | resume | delist | unlist SYMBOL
 *   status SYMBOL WORD | steps SYMBOL TICK LOT | turnover SYMBOL MONEY
 * </pre>
 */
@FunctionalInterface
interface Order {
    void give(Exchange exchange);

    /**
     * Reads an order.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Order parse(String line) {
        Words words = new Words(line);
        String verb = words.next("an order");
        Order order = switch (verb) {
            case "strike" -> strike(words);
            case "next" -> next(words);
            case "silence" -> silence(words);
            case "mute", "nack", "no-ack", "ignore" -> subscriptions(verb, words);
            case "refuse", "refuse-rest" -> refuse(verb, words);
            case "slow-rest" -> {
                long ms = words.number("ms");
                yield exchange -> exchange.restFaults().delay(ms);
            }
            case "shutdown" -> {
                long ms = words.number("ms");
                yield exchange -> exchange.shutdown(ms);
            }
            case "speed" -> {
                double speed = words.decimal("a speed").doubleValue();
                if (speed <= 0) {
                    throw new IllegalArgumentException("no speed above 0: " + line);
                }
                yield exchange -> exchange.player().speed(speed);
            }
            case "faults" -> {
                String rates = words.next("rates");
                LineFaults faults = rates.equals("none")
                        ? LineFaults.none()
                        : LineFaults.parse(rates);
                yield exchange -> exchange.setFaults(exchange.faults().withRates(faults));
            }
            case "list", "halt", "resume", "delist", "unlist", "status", "steps", "turnover" ->
                listing(verb, words);
            default -> throw new IllegalArgumentException("no order " + verb + ": " + line);
        };
        words.end();
        return order;
    }

    /** A fault by its name, e.g. {@code cut-in-frame}. */
    static LineFault fault(String name) {
        try {
            return LineFault.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("no fault " + name, e);
        }
    }

    private static Order strike(Words words) {
        LineFault fault = fault(words.next("a fault"));
        if (fault.changesFrame()) {
            throw new IllegalArgumentException(
                    "it befalls frames, not connections: next " + words.line());
        }
        String who = words.nextOr("all");
        return exchange -> exchange.strike(fault, who);
    }

    private static Order next(Words words) {
        LineFault fault = fault(words.next("a fault"));
        List<NamePattern> streams = NamePattern.list(words.next("streams"));
        int times = words.times(1);
        return exchange -> exchange.nextFaults().add(fault, streams, times);
    }

    private static Order silence(Words words) {
        List<NamePattern> streams = NamePattern.list(words.next("streams"));
        String where = words.nextOr("same");
        if (!where.equals("same") && !where.equals("other")) {
            throw new IllegalArgumentException("neither same nor other: " + where);
        }
        return exchange -> exchange.silence(streams, where.equals("other"));
    }

    private static Order subscriptions(String verb, Words words) {
        List<NamePattern> streams = NamePattern.list(words.next("streams"));
        int times = words.times(Befalling.ALWAYS);
        return exchange -> (switch (verb) {
            case "mute" -> exchange.muted();
            case "nack" -> exchange.nacked();
            case "no-ack" -> exchange.unacknowledged();
            default -> exchange.ignored();
        }).replace(streams, times);
    }

    private static Order refuse(String verb, Words words) {
        String[] parts = words.next("a status").split("x", 2);
        int status = Words.whole(parts[0]);
        int count = parts.length == 2 ? Words.whole(parts[1]) : 1;
        Refusal refusal = new Refusal(status, Words.whole(words.nextOr("0")));
        return verb.equals("refuse")
                ? exchange -> exchange.refuseHandshakes(refusal, count)
                : exchange -> exchange.restFaults().refuse(refusal, count);
    }

    private static Order listing(String verb, Words words) {
        String symbol = words.next("a symbol");
        return switch (verb) {
            case "status" -> {
                String status = words.next("a status");
                yield exchange -> exchange.board().setStatus(symbol, status);
            }
            case "steps" -> {
                String tick = words.decimal("a tick").toPlainString();
                String lot = words.decimal("a lot").toPlainString();
                yield exchange -> exchange.board().setSteps(symbol, tick, lot);
            }
            case "turnover" -> {
                BigDecimal turnover = words.decimal("money");
                yield exchange -> exchange.board().setTurnover(symbol, turnover);
            }
            default -> {
                Board.Standing standing = switch (verb) {
                    case "halt" -> Board.Standing.HALTED;
                    case "delist" -> Board.Standing.DELISTED;
                    case "unlist" -> Board.Standing.UNLISTED;
                    default -> Board.Standing.TRADING;
                };
                yield exchange -> exchange.setStanding(symbol, standing);
            }
        };
    }
}
