package io.github.camelfifo.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelfifo.testing.Faults;
import io.github.camelfifo.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@ExtendWith(LeakCheck.class)
class ErrnoExceptionTest {

    private final Faults faults = new Faults();

    @Test
    void saysWhatFailedWhyAndOnWhat() {
        assertThat(failure("ENOENT")).hasMessage("open failed: No such file or directory (ENOENT): /no/such/fifo");
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"OTHER", "EINTR"})
    void tellsTheReasonsApartThatCallersTellApart(Errno errno) {
        assertThat(failure(errno.name()).errno()).isEqualTo(errno);
    }

    @ParameterizedTest
    @CsvSource({"EIO, Input/output error", "ENOSPC, No space left on device", "ENAMETOOLONG, File name too long"})
    void namesAnyOtherReasonInTheMessageOnly(String errno, String words) {
        ErrnoException e = failure(errno);

        assertThat(e.errno()).isEqualTo(Errno.OTHER);
        assertThat(e).hasMessage("open failed: " + words + " (" + errno + "): /no/such/fifo");
    }

    @Test
    void aReasonThatNobodyKnowsIsAFailureToo() {
        faults.instead("open", call -> {
            jnr.posix.POSIXFactory.getNativePOSIX().errno(4095);
            return -1;
        });

        ErrnoException e = failure();

        assertThat(e.errno()).isEqualTo(Errno.OTHER);
        assertThat(e).hasMessageContaining("4095").hasMessageEndingWith(": /no/such/fifo");
    }

    @ParameterizedTest
    @CsvSource({"EMFILE, true", "ENFILE, true", "EACCES, false", "EIO, false"})
    void knowsWhatItMeansToBeOutOfDescriptors(String errno, boolean expected) {
        assertThat(failure(errno).isOutOfDescriptors()).isEqualTo(expected);
    }

    private ErrnoException failure(String errno) {
        faults.instead("open", call -> call.fail(errno));
        return failure();
    }

    private ErrnoException failure() {
        return catchThrowableOfType(ErrnoException.class, () -> faults.posix().openPath("/no/such/fifo"));
    }
}
