package io.github.camelfifo.examples.rollingrestart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scenario can only be right if these figures are. */
class InvoicesTest {

    @TempDir
    private Path folder;

    @Test
    void aTakeoverWithoutAFaultIsSeenAsSuch() throws Exception {
        Invoices invoices = read(invoice(1, 1, 100), invoice(2, 1, 200), invoice(3, 2, 1_000), invoice(4, 2, 1_100));

        assertThat(invoices.lost(4)).isZero();
        assertThat(invoices.misplaced()).isZero();
        assertThat(invoices.wrong()).isZero();
        assertThat(invoices.longestPause()).isEqualTo(Duration.ofNanos(800));
        assertThat(invoices.turns())
                .extracting(Invoices.Turn::version, Invoices.Turn::lines, Invoices.Turn::twice)
                .containsExactly(tuple(1, 2, 0), tuple(2, 2, 0));
        assertThat(invoices.turns().get(1).since(invoices.turns().get(0))).isEqualTo(Duration.ofNanos(800));
    }

    @Test
    void whatComesTwiceAfterACrashIsCountedAndInItsPlace() throws Exception {
        Invoices invoices = read(invoice(1, 1, 1), invoice(2, 1, 2), invoice(2, 2, 3), invoice(3, 2, 4));

        assertThat(invoices.turns()).extracting(Invoices.Turn::twice).containsExactly(0, 1);
        assertThat(invoices.misplaced()).isZero();
        assertThat(invoices.lost(3)).isZero();
    }

    @Test
    void aLostOrderIsLostAtTheEndAndInTheMiddle() throws Exception {
        Invoices invoices = read(invoice(1, 1, 1), invoice(3, 2, 2));

        assertThat(invoices.lost(4)).isEqualTo(2);
        assertThat(invoices.misplaced()).isEqualTo(1);
    }

    @Test
    void aRepetitionWithinATurnIsMisplaced() throws Exception {
        Invoices invoices = read(invoice(1, 1, 1), invoice(2, 1, 2), invoice(1, 1, 3));

        assertThat(invoices.misplaced()).isEqualTo(1);
    }

    @Test
    void twoThatReadAtOnceHaveManyTurns() throws Exception {
        Invoices invoices = read(invoice(1, 1, 1), invoice(2, 2, 2), invoice(3, 1, 3));

        assertThat(invoices.turns()).extracting(Invoices.Turn::version).containsExactly(1, 2, 1);
    }

    @Test
    void aTornLineAndAWrongAmountAreWrong() throws Exception {
        assertThat(read("invoice 1: 50 by ver").wrong()).isEqualTo(1);
        assertThat(read("not an order: der 3: 4 x 25 by version 1 at 5").wrong())
                .isEqualTo(1);
        assertThat(read("invoice 1: 75 by version 1 at 5").wrong()).isEqualTo(1);
    }

    private Invoices read(String... lines) throws IOException {
        return Invoices.read(Files.write(folder.resolve("invoices"), List.of(lines)));
    }

    private static String invoice(int number, int version, long nanos) {
        return "invoice " + number + ": " + (number % 9 + 1) * 25 + " by version " + version + " at " + nanos;
    }
}
