package io.github.camelfifo.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class FrameTooLongExceptionTest {

    @Test
    void theMessageNamesSourceLengthLimitAndOption() {
        assertThat(new FrameTooLongException("/run/a.fifo", 1_048_580L, 1_048_576, new byte[0]))
                .hasMessage("Frame too long on /run/a.fifo: at least 1048580 bytes, and maxFrameLength allows 1048576");
    }

    @Test
    void theHeadIsACopyInBothDirections() {
        byte[] given = {1, 2};
        FrameTooLongException exception = new FrameTooLongException("/x", 2, 1, given);
        given[0] = 9;
        exception.head()[1] = 9;
        assertThat(exception.head()).containsExactly(1, 2);
    }

    @Test
    void itSurvivesSerializationWithAllItTells() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new FrameTooLongException("/x", 7, 5, new byte[] {1, 2}));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            FrameTooLongException copy = (FrameTooLongException) in.readObject();
            assertThat(copy.source()).isEqualTo("/x");
            assertThat(copy.lengthSoFar()).isEqualTo(7);
            assertThat(copy.head()).containsExactly(1, 2);
        }
    }
}
