package io.github.camelfifo.examples.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class FailureRateTest {

    private static final OffsetDateTime START = OffsetDateTime.parse("2026-01-31T12:00:00+00:00");

    private final FailureRate rate = new FailureRate(3, Duration.ofSeconds(60));

    private String fail(String program, int second, String message) {
        return rate.alert(new LogRecord(START.plusSeconds(second).toString(), "err", "host", program, message));
    }

    @Test
    void theLastOfTooManyFailuresIsAnAlertAndThenItCountsFrom0() {
        assertThat(fail("web", 0, "one")).isNull();
        assertThat(fail("web", 30, "two")).isNull();
        assertThat(fail("web", 60, "three")).isEqualTo("web: 3 failures within 60 s, the last: three");
        assertThat(fail("web", 61, "four")).isNull();
        assertThat(fail("web", 62, "five")).isNull();
        assertThat(fail("web", 63, "six")).endsWith("six");
    }

    @Test
    void failuresOfOtherProgramsAndOlderOnesDoNotCount() {
        assertThat(fail("web", 0, "one")).isNull();
        assertThat(fail("db", 1, "one")).isNull();
        assertThat(fail("web", 2, "two")).isNull();
        assertThat(fail("web", 61, "three")).isNull();
        assertThat(fail("web", 62, "four")).endsWith("four");
    }

    @Test
    void anAlertIsOneLineWhateverIsInTheMessageAndInTheName() {
        fail("a\nb", 0, "x");
        fail("a\nb", 0, "x");

        assertThat(fail("a\nb", 0, "x\r\ny\tz\0\u0085\u2028"))
                .isEqualTo("a#012b: 3 failures within 60 s, the last: x#015#012y#011z#000#205#20050");
    }

    @Test
    void anAlertIsShortWhateverIsInTheMessageAndInTheName() {
        String name = "\n".repeat(60);
        String message = "\ud83d\udd25".repeat(300);
        fail(name + "b", 0, "x");
        fail(name + "b", 0, "x");

        assertThat(fail(name + "b", 0, message + "y"))
                .isEqualTo("#012".repeat(60) + "...: 3 failures within 60 s, the last: " + message + "...");
        fail(name, 0, "x");
        fail(name, 0, "x");
        assertThat(fail(name, 0, message)).endsWith(": 3 failures within 60 s, the last: " + message);
    }

    @Test
    void namesThatAreSeenOnceDoNotFillTheMemory() {
        fail("web", 0, "one");
        fail("web", 0, "two");
        for (int i = 0; i < 1_000; i++) {
            fail("name " + i, 0, "one");
        }

        assertThat(fail("web", 0, "three")).isNull();
    }
}
