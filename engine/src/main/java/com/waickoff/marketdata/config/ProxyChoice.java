package com.waickoff.marketdata.config;

import com.waickoff.marketdata.VenueConfig;
import com.waickoff.marketdata.feed.socket.ProxySettings;
import com.waickoff.marketdata.terminal.IoReasons;
import com.waickoff.marketdata.terminal.Shown;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which feed goes through which proxy, and the password that is kept in a file of its own.
 *
 * <p>Threads: one.
 */
final class ProxyChoice {
    private static final int MOST_BYTES = ProxySettings.MOST_LOGIN_BYTES;

    private final Configuration configuration;
    private final Path base;

    /** @param base where a relative path begins */
    ProxyChoice(Configuration configuration, Path base) {
        this.configuration = configuration;
        this.base = base;
    }

    /**
     * The proxies of feeds, by their names.
     *
     * @param problems where to say what is wrong
     */
    Map<String, ProxySettings> of(List<VenueConfig> venues, List<String> problems) {
        Map<String, ProxySettings> proxies = new HashMap<>();
        boolean wantsPassword = false;
        for (VenueConfig venue : venues) {
            String address = addressOf(venue);
            if (!address.isEmpty()) {
                ProxySettings proxy = ProxySettings.of(address);
                wantsPassword |= proxy.isWithoutPassword();
                proxies.put(venue.line().name(), proxy);
            }
        }
        String password = wantsPassword ? password(problems) : null;
        if (password != null) {
            proxies.replaceAll((_, proxy) -> proxy.isWithoutPassword()
                    ? proxy.withPassword(password) : proxy);
        }
        return proxies;
    }

    private String addressOf(VenueConfig venue) {
        for (FeedKeys feed : Settings.FEEDS) {
            String own = configuration.get(feed.proxy()).text();
            if (feed.venue() == venue.venue() && !own.isEmpty()) {
                return own.equals(FeedKeys.NO_PROXY) ? "" : own;
            }
        }
        return configuration.get(Settings.FEEDS_PROXY).text();
    }

    private @Nullable String password(List<String> problems) {
        String key = Settings.FEEDS_PROXY_PASSWORD_FILE.key();
        String name = configuration.get(Settings.FEEDS_PROXY_PASSWORD_FILE).text();
        if (name.isEmpty()) {
            return null; // there are proxies that want none
        }
        Path file = base.resolve(name).normalize();
        if (!Files.isRegularFile(file)) {
            problems.add(key + " is " + Shown.plain(name) + ", but there is no file " + file);
            return null;
        }
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String word = lines.readLine();
            if (word != null && !word.isBlank()
                    && word.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
                return word;
            }
            problems.add(key + " is " + Shown.plain(name) + ", but the first line of " + file
                    + " is no password: it must be 1 to " + MOST_BYTES + " bytes");
        } catch (IOException e) {
            problems.add(key + ": cannot read " + file + ": " + IoReasons.of(e));
        }
        return null;
    }
}
