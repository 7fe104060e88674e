package io.github.camelfifo.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelfifo.posix.FileIdentity;
import io.github.camelfifo.testing.Crowd;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReaderClaimsTest {

    private final ReaderClaims claims = new ReaderClaims();
    private final FileIdentity fifo = new FileIdentity(1, 2);

    @Test
    void aSecondReaderIsRefusedAndToldWhoTheFirstIs() {
        claims.claim(fifo, () -> "fifo:/a");

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> claims.claim(new FileIdentity(1, 2), () -> "fifo:/link/to/a"))
                .withMessage("The named pipe of fifo:/link/to/a is consumed already, by fifo:/a;"
                        + " two consumers would each get arbitrary pieces of it");
    }

    @Test
    void otherFifosAreFree() {
        claims.claim(fifo, () -> "a");
        claims.claim(new FileIdentity(1, 3), () -> "b");
        claims.claim(new FileIdentity(2, 2), () -> "c");
    }

    @Test
    void whatWasReleasedCanBeClaimedAgain() {
        claims.claim(fifo, () -> "a");
        claims.release(fifo);
        claims.claim(fifo, () -> "b");
    }

    @Test
    void aReaderThatIsNotNeededGivesWay() {
        claims.claim(fifo, new Claimant() {
            @Override
            public String name() {
                return "a";
            }

            @Override
            public boolean yields() {
                claims.release(fifo);
                return true;
            }
        });

        claims.claim(fifo, () -> "b");

        assertThat(claims.holder(fifo).name()).isEqualTo("b");
    }

    @Test
    void ofManyThatClaimAtOnceOneGetsIt() throws Exception {
        for (int round = 0; round < 100; round++) {
            AtomicInteger winners = new AtomicInteger();
            Crowd.run(4, number -> {
                try {
                    claims.claim(fifo, () -> "reader " + number);
                    winners.incrementAndGet();
                } catch (IllegalStateException e) {
                    // another was quicker
                }
            });
            assertThat(winners).hasValue(1);
            claims.release(fifo);
        }
    }
}
