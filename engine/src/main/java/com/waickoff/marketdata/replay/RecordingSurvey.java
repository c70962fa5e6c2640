package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.decimal.Ascii;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What must be known of a recording before it is replayed.
 *
 * @param holdsTrades whether single trades are in it, so that aggregates of them must not be counted
 *     too
 */
public record RecordingSurvey(boolean holdsTrades) {
    private static final int HEAD_BYTES = 200;
    private static final Pattern TRADE = Pattern.compile("@trade\"|\"e\"\\s*:\\s*\"trade\"");

    /** Looks at the frames up to the first trade; a recording without trades is read whole. */
    public static RecordingSurvey of(Path recording) throws IOException {
        try (RecordingReader reader = RecordingReader.open(recording, (line, what) -> {})) {
            while (reader.next()) {
                if (reader.kind() == 'R' && TRADE.matcher(head(reader)).find()) {
                    return new RecordingSurvey(true);
                }
            }
        }
        return new RecordingSurvey(false);
    }

    private static String head(RecordingReader reader) {
        return Ascii.text(reader.payloadAddress(), Math.min(HEAD_BYTES, reader.payloadLength()));
    }
}
