package com.waickoff.marketdata.feed.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.VenueTransport;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedProtocolTest {
    /** A door that grows must not answer by itself where the protocol behind it would. */
    @Test
    void shouldPassOnEveryCall() {
        assertThat(signatures(RecordedProtocol.class)).containsAll(doors(VenueProtocol.class));
        assertThat(signatures(RecordedProtocol.class.getDeclaredClasses()[0]))
                .containsAll(doors(VenueTransport.class));
    }

    private static List<String> doors(Class<?> door) {
        return Arrays.stream(door.getDeclaredMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers())
                        && Modifier.isPublic(method.getModifiers()))
                .map(RecordedProtocolTest::signature).toList();
    }

    private static List<String> signatures(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods()).map(RecordedProtocolTest::signature)
                .toList();
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }
}
