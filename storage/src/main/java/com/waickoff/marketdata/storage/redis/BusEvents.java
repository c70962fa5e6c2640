package com.waickoff.marketdata.storage.redis;

import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.snapshot.SignalKind;
import com.waickoff.marketdata.storage.effect.BookStateChanged;
import com.waickoff.marketdata.storage.effect.CoverageChanged;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.FeedStateChanged;
import com.waickoff.marketdata.storage.effect.InstrumentChanged;
import com.waickoff.marketdata.storage.effect.SignalRaised;
import com.waickoff.marketdata.storage.effect.TradeProcessed;
import com.waickoff.marketdata.storage.effect.WindowClosed;
import com.waickoff.marketdata.storage.effect.WindowRevised;
import com.waickoff.marketdata.storage.effect.WindowState;
import com.waickoff.marketdata.window.ValueArea;
import com.waickoff.marketdata.window.Vwap;
import com.waickoff.marketdata.window.Window;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Effects as events of the bus, version 1 of each type: {@code docs/events} has the fields, and a
 * schema for each. A field is only ever added; one that changes its meaning makes a version 2.
 */
final class BusEvents {
    private static final String VERSION = "1";
    private static final String[] SIDES = {"sell", "none", "buy"};
    private static final int RATIO_DECIMALS = 3;
    private static final int VWAP_EXTRA_DECIMALS = 2;

    private BusEvents() {}

    static BusEvent of(Effect effect) {
        return switch (effect) {
            case TradeProcessed trade -> of(trade);
            case WindowClosed closed -> window(closed, closed.window());
            case WindowRevised revised -> window(revised, revised.window());
            case SignalRaised signal -> of(signal);
            case BookStateChanged book -> of(book);
            case FeedStateChanged feed -> of(feed);
            case InstrumentChanged instrument -> of(instrument);
            case CoverageChanged coverage -> of(coverage);
        };
    }

    private static BusEvent of(TradeProcessed trade) {
        Instrument instrument = trade.instrument();
        return new FieldList(trade, 9)
                .add("match_time_ns", trade.matchTimeNs())
                .add("receive_time_ns", trade.receiveTimeNs())
                .add("price", Decimal.toString(trade.price(), instrument.priceScale()))
                .add("quantity", Decimal.toString(trade.quantity(), instrument.quantityScale()))
                .add("side", trade.isBuy() ? "buy" : "sell")
                .add("trade_id", trade.tradeId())
                .add("fills", trade.fills())
                .add("traits", traits(trade))
                .event();
    }

    private static String traits(TradeProcessed trade) {
        if (!trade.isBlock() && !trade.isRetailImprovement() && !trade.isRepaired()
                && !trade.isOffBook()) {
            return "";
        }
        return ((trade.isBlock() ? "block " : "") + (trade.isRetailImprovement() ? "rpi " : "")
                + (trade.isRepaired() ? "repaired " : "")
                + (trade.isOffBook() ? "off_book" : "")).strip();
    }

    private static BusEvent window(Effect effect, WindowState window) {
        Instrument instrument = effect.instrument();
        FieldList fields = new FieldList(effect, 32)
                .add("receive_time_ns", effect.receiveTimeNs())
                .add("timeframe", window.timeframe().label())
                .add("start_ms", window.startMs())
                .add("end_ms", window.endMs())
                .add("revision", window.revision())
                .add("trades", window.trades())
                .price("open", window.open()).price("high", window.high())
                .price("low", window.low()).price("close", window.close())
                .quantity("volume", window.volume())
                .quantity("buy_volume", window.buyVolume())
                .quantity("sell_volume", window.sellVolume())
                .quantity("block_volume", window.blockVolume())
                .quantity("rpi_volume", window.rpiVolume())
                .quantity("delta", window.delta())
                .quantity("min_delta", window.minDelta())
                .quantity("max_delta", window.maxDelta())
                .quantity("cumulative_delta", window.cumulativeDelta())
                .add("vwap", vwap(window, instrument.priceScale()));
        ValueArea area = window.valueArea();
        long rowSize = window.rows().rowSize();
        if (area == null) {
            fields.add("poc", "").add("value_area_high", "").add("value_area_low", "")
                    .add("row_size", "");
        } else {
            fields.price("poc", area.poc() * rowSize)
                    .price("value_area_high", area.high() * rowSize)
                    .price("value_area_low", area.low() * rowSize).price("row_size", rowSize);
        }
        return fields.add("rows", window.rows().count())
                .add("coverage_ppm", window.coverage().ppm())
                .add("gaps", window.coverage().gaps())
                .add("marks", marks(window))
                .event();
    }

    private static String vwap(WindowState window, int priceScale) {
        Vwap vwap = new Vwap(window.notional(), window.squares(),
                BigInteger.valueOf(window.volume()));
        return vwap.isEmpty() ? ""
                : vwap.mean(VWAP_EXTRA_DECIMALS).movePointLeft(priceScale).stripTrailingZeros()
                        .toPlainString();
    }

    private static String marks(WindowState window) {
        return ((window.has(Window.UNORDERED) ? "unordered " : "")
                + (window.has(Window.SUSPECT_TIME) ? "suspect_time " : "")
                + (window.has(Window.OVERFLOW) ? "overflow " : "")
                + (window.has(Window.ROWS_EVICTED) ? "rows_evicted " : "")
                + (window.has(Window.OUTDATED) ? "outdated" : "")).strip();
    }

    private static BusEvent of(SignalRaised signal) {
        int inputs = signal.inputs().size();
        FieldList fields = new FieldList(signal, 9 + inputs + signal.parameters().size())
                .add("receive_time_ns", signal.receiveTimeNs())
                .add("match_time_ns", signal.matchTimeNs())
                .add("kind", signal.kind().label())
                .add("timeframe",
                        signal.timeframe() == null ? "" : signal.timeframe().label())
                .add("window_start_ms", signal.windowStartMs())
                .add("revision", signal.revision())
                .price("price", signal.price())
                .add("side", SIDES[Integer.signum(signal.side()) + 1]);
        measures(fields, "input_", signal.kind().inputs(), signal.inputs());
        measures(fields, "parameter_", signal.kind().parameters(), signal.parameters());
        return fields.event();
    }

    private static void measures(FieldList fields, String prefix, List<SignalKind.Field> names,
            List<Long> values) {
        for (int i = 0; i < names.size(); i++) {
            String name = prefix + names.get(i).name();
            long value = values.get(i);
            switch (names.get(i).unit()) {
                case PRICE -> fields.price(name, value);
                case QUANTITY -> fields.quantity(name, value);
                case RATIO -> fields.add(name, Decimal.toString(value, RATIO_DECIMALS));
                case PPM -> fields.add(name + "_ppm", value);
                case COUNT, SECONDS -> fields.add(name, value);
            }
        }
    }

    private static BusEvent of(BookStateChanged book) {
        return new FieldList(book, 6)
                .add("receive_time_ns", book.receiveTimeNs())
                .add("match_time_ns", book.matchTimeNs())
                .add("state", book.state().label())
                .add("reason", book.reason().name().toLowerCase(Locale.ROOT))
                .add("update_id", book.updateId())
                .event();
    }

    private static BusEvent of(FeedStateChanged feed) {
        return new FieldList(feed, 6)
                .add("receive_time_ns", feed.receiveTimeNs())
                .add("match_time_ns", feed.matchTimeNs())
                .add("state", feed.isUp() ? "up" : "down")
                .add("reason", feed.reason().name().toLowerCase(Locale.ROOT))
                .add("connection", feed.epoch())
                .event();
    }

    private static BusEvent of(InstrumentChanged changed) {
        Instrument instrument = changed.instrument();
        return new FieldList(changed, 13)
                .add("receive_time_ns", changed.receiveTimeNs())
                .add("venue", instrument.venue())
                .add("symbol", instrument.symbol())
                .add("instrument_id", instrument.id())
                .price("tick_size", instrument.tick())
                .quantity("lot_size", instrument.lot())
                .add("price_scale", instrument.priceScale())
                .add("quantity_scale", instrument.quantityScale())
                .add("contract_size", instrument.contractSize().toPlainString())
                .add("contract_unit", instrument.contractUnit())
                .add("quantity_unit", instrument.quantityUnit())
                .add("price_unit", instrument.priceUnit())
                .add("ids_chain", instrument.idsChain() ? "true" : "false")
                .event();
    }

    private static BusEvent of(CoverageChanged coverage) {
        StringBuilder uncovered = new StringBuilder();
        for (CoverageChanged.Interval interval : coverage.uncovered()) {
            uncovered.append(uncovered.isEmpty() ? "" : " ").append(interval.fromMs()).append('-')
                    .append(interval.toMs() == Long.MAX_VALUE ? "" : interval.toMs());
        }
        return new FieldList(coverage, 5)
                .add("receive_time_ns", coverage.receiveTimeNs())
                .add("gaps", coverage.gaps())
                .add("repaired_gaps", coverage.repairedGaps())
                .add("repaired_trades", coverage.repairedTrades())
                .add("uncovered_ms", uncovered.toString())
                .event();
    }

    /** Names and values in turn, after those that every event has. */
    private static final class FieldList {
        private static final int ENVELOPE = 6;

        private final Effect effect;
        private Object[] fields;
        private int count = ENVELOPE;

        FieldList(Effect effect, int expected) {
            this.effect = effect;
            fields = new Object[ENVELOPE + 2 * expected];
            fields[0] = "type";
            fields[1] = effect.type();
            fields[2] = "v";
            fields[3] = VERSION;
            fields[4] = BusEvent.NUMBER;
            fields[BusEvent.NUMBER_INDEX] = "";
        }

        FieldList add(String name, String value) {
            if (count == fields.length) {
                fields = Arrays.copyOf(fields, 2 * count);
            }
            fields[count++] = name;
            fields[count++] = value;
            return this;
        }

        FieldList add(String name, long value) {
            return add(name, Long.toString(value));
        }

        FieldList price(String name, long scaled) {
            return add(name, Decimal.toString(scaled, effect.instrument().priceScale()));
        }

        FieldList quantity(String name, long scaled) {
            return add(name, Decimal.toString(scaled, effect.instrument().quantityScale()));
        }

        BusEvent event() {
            Object[] exact = count == fields.length ? fields
                    : Arrays.copyOf(fields, count);
            return new BusEvent(effect.instrument().name(), effect.id(), exact);
        }
    }
}
