package com.waickoff.marketdata.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.event.Instrument;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstrumentSourceTest {
    private static final String HEADER = "instrument,tick_size,lot_size\n";

    @TempDir
    Path folder;

    @Test
    void shouldReadColumnsInAnyOrder() throws IOException {
        List<Instrument> instruments = read("\ufefflot_size, note ,instrument,tick_size\r\n"
                + "0.001,x,bybit-linear:BTCUSDT, 0.10 \r\n\r\n1,,binance-spot:ETHUSDT,0.01000\r\n");

        assertThat(instruments).extracting(Instrument::name)
                .containsExactly("bybit-linear:BTCUSDT", "binance-spot:ETHUSDT");
        assertThat(instruments).extracting(Instrument::priceScale).containsExactly(1, 2);
        assertThat(instruments).extracting(Instrument::tick).containsExactly(1L, 1L);
        assertThat(instruments).extracting(Instrument::quantityScale).containsExactly(5, 2);
        assertThat(instruments).extracting(Instrument::lot).containsExactly(100L, 100L);
        assertThat(instruments).extracting(Instrument::idsChain).containsExactly(false, true);
    }

    @Test
    void shouldReadCurrenciesAndContracts() throws IOException {
        List<Instrument> instruments = read(
                "instrument,tick_size,lot_size,base,quote,contract_size\n"
                        + "bybit-linear:BTCUSDT,0.10,0.001,BTC,USDT,\n"
                        + "binance-coinm:BTCUSD_PERP,0.1,1,BTC,USD,100\n"
                        + "binance-spot:ETHUSDT,0.01,0.0001,,,\n");

        assertThat(instruments).extracting(Instrument::quantityUnit)
                .containsExactly("BTC", "contracts", "base");
        assertThat(instruments).extracting(Instrument::priceUnit)
                .containsExactly("USDT", "USD", "quote");
        assertThat(instruments).extracting(Instrument::contractUnit)
                .containsExactly("BTC", "USD", "base");
        assertThat(instruments).extracting(Instrument::contractSize)
                .containsExactly(BigDecimal.ONE, new BigDecimal("100"), BigDecimal.ONE);
        assertThatThrownBy(() -> read("instrument,tick_size,lot_size,contract_size\n"
                + "binance-coinm:BTCUSD_PERP,0.1,1,0\n"))
                .hasMessageEndingWith(
                        "instruments.csv:2: contract_size is 0, must be greater than 0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "bybit-linear:BTCUSDT,0.1|2 columns, the header has 3",
            "bybit-linear:BTCUSDT,0.1,1,2|4 columns, the header has 3",
            "bybit-linear,0.1,1|\"bybit-linear\" is not of the form venue:SYMBOL",
            "bybit-linear:,0.1,1|\"bybit-linear:\" is not of the form venue:SYMBOL",
            ",0.1,1|\"\" is not of the form venue:SYMBOL",
            "nyse:IBM,0.1,1|\"nyse:IBM\" is of no known venue; known are bybit-linear, bybit-spot",
            "bybit-linear:BTC,x,1|tick_size is \"x\", which is no plain decimal",
            "bybit-linear:BTC,,1|tick_size is \"\", which is no plain decimal",
            "bybit-linear:BTC,1e-2,1|tick_size is \"1e-2\", which is no plain decimal",
            "bybit-linear:BTC,-1,1|tick_size is \"-1\", which is no plain decimal",
            "bybit-linear:BTC,0.1,0x1|lot_size is \"0x1\", which is no plain decimal",
            "bybit-linear:BTC,0,1|tick_size is 0, must be greater than 0",
            "bybit-linear:BTC,1,0.000|lot_size is 0.000, must be greater than 0",
            "bybit-linear:BTC,0.000000000000000001,1|bybit-linear:BTC: tick 0.000000000000000001",
            "bybit-linear:BTC,1,0.0000000000000001|has too many decimals",
            "bybit-linear:BTC,999999999.00000000000000001,1|does not fit a long"})
    void shouldSayWhereAndWhatIsWrong(String line, String message) {
        assertThatThrownBy(() -> read(HEADER + "\nbybit-linear:ETHUSDT,0.01,0.01\n" + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(folder.resolve("instruments.csv") + ":4: ")
                .hasMessageContaining(message);
    }

    @Test
    void shouldRefuseANameThatStandsTwice() {
        assertThatThrownBy(() -> read(HEADER + "bybit-spot:A,1,1\nbybit-spot:A,2,2\n"))
                .hasMessageEndingWith("instruments.csv:3: bybit-spot:A stands here a second time");
    }

    @Test
    void shouldRefuseANameThatFitsNoTable() {
        assertThatThrownBy(() -> read(HEADER + "bybit-spot:" + "A".repeat(65) + ",1,1\n"))
                .hasMessageContaining("instruments.csv:2: \"bybit-spot:AAA")
                .hasMessageEndingWith("is too long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "instrument,tick_size\n", "instrument;tick_size;lot_size\n",
            "bybit-spot:A,1,1\n"})
    void shouldRefuseAFileWithoutItsHeader(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("instruments.csv:1: the header must name "
                        + "instrument,tick_size,lot_size");
    }

    @Test
    void shouldSayThatAFileIsMissing() {
        assertThatThrownBy(() -> InstrumentSource.readCsv(folder.resolve("none.csv")))
                .isInstanceOf(NoSuchFileException.class).hasMessageContaining("none.csv");
    }

    @Test
    void shouldReadASetting() {
        assertThat(InstrumentSource.ofSetting("feed.instruments",
                "bybit-linear:BTCUSDT,0.10,0.001; binance-usdm:BTCUSDT,0.1,0.001\n"
                        + "bybit-inverse:BTCUSD,0.5,1;"))
                .extracting(Instrument::name).containsExactly("bybit-linear:BTCUSDT",
                        "binance-usdm:BTCUSDT", "bybit-inverse:BTCUSD");
        assertThat(InstrumentSource.ofSetting("feed.instruments", "")).isEmpty();
        assertThatThrownBy(() -> InstrumentSource.ofSetting("feed.instruments",
                "bybit-linear:BTCUSDT,0.10,0.001;bybit-linear:ETHUSDT,0,1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("feed.instruments:3: tick_size is 0, must be greater than 0");
    }

    @Test
    void shouldNameUnitsByVenue() {
        Instrument linear = InstrumentSource.of(Venue.BYBIT_LINEAR, "BTCUSDT", BigDecimal.ONE,
                BigDecimal.ONE, "BTC", "USDT");
        Instrument inverse = InstrumentSource.of(Venue.BYBIT_INVERSE, "BTCUSD", BigDecimal.ONE,
                BigDecimal.ONE, "BTC", "USD");

        assertThat(linear.quantityUnit()).isEqualTo("BTC");
        assertThat(linear.priceUnit()).isEqualTo("USDT");
        assertThat(inverse.quantityUnit()).isEqualTo("contracts");
        assertThat(inverse.contractUnit()).isEqualTo("USD");
    }

    private List<Instrument> read(String text) throws IOException {
        return InstrumentSource.readCsv(Files.writeString(folder.resolve("instruments.csv"), text));
    }
}
