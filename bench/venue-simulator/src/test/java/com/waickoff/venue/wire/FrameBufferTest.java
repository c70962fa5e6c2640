package com.waickoff.venue.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.venue.Venue;
import com.waickoff.venue.VenueSession;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameBufferTest {
    private static final long SECOND_NS = 1_000_000_000;

    @Test
    void shouldHoldWhatEachConnectionReceivedInTheOrderOfReceiveTimes() {
        FrameBuffer buffer = new FrameBuffer();
        List<List<String>> received = new ArrayList<>();
        List<VenueSession> sessions = new ArrayList<>();
        for (Venue venue : Venue.values()) {
            FrameListener listener = buffer.of(venue.ordinal());
            List<String> texts = new ArrayList<>();
            received.add(texts);
            sessions.add(VenueSession.builder(venue, 31).frames(frame -> {
                listener.onFrame(frame);
                if (frame.content().kind() == 'R' || frame.content().kind() == 'H') {
                    texts.add(frame.receiveTimeNs() + " " + frame.text());
                }
            }).open());
        }

        List<List<String>> read = new ArrayList<>();
        received.forEach(_ -> read.add(new ArrayList<>()));
        for (int stretch = 0; stretch < 3; stretch++) {
            sessions.forEach(session -> session.runFor(SECOND_NS));
            buffer.sort();
            for (int i = 0; i < buffer.count(); i++) {
                assertThat(i == 0 || buffer.receiveTimeNs(i - 1) <= buffer.receiveTimeNs(i))
                        .isTrue();
                read.get(buffer.connection(i)).add(text(buffer, i));
            }
            buffer.clear();
        }

        assertThat(read).isEqualTo(received);
    }

    private static String text(FrameBuffer buffer, int index) {
        int length = buffer.length(index);
        byte[] bytes = MemorySegment.ofAddress(buffer.address(index))
                .reinterpret((long) length + FrameBuffer.BYTES_BEHIND)
                .toArray(ValueLayout.JAVA_BYTE);
        for (int i = length; i < bytes.length; i++) {
            assertThat(bytes[i]).isZero();
        }
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        String url = buffer.url(index);
        return buffer.receiveTimeNs(index) + " " + (url.isEmpty() ? text : url + '\t' + text);
    }
}
