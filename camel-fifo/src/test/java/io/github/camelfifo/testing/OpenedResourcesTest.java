package io.github.camelfifo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What base classes of tests rely on when something does not close. */
class OpenedResourcesTest {

    private final List<String> closed = new ArrayList<>();
    private final OpenedResources opened = new OpenedResources();

    @Test
    void theLastIsClosedFirst() throws Exception {
        opened.add(() -> closed.add("first"));
        opened.add(() -> closed.add("last"));

        opened.closeAll();

        assertThat(closed).containsExactly("last", "first");
    }

    @Test
    void whatIsOpenedWhileAnotherIsClosedIsClosedToo() throws Exception {
        opened.add(() -> opened.add(() -> closed.add("late")));

        opened.closeAll();

        assertThat(closed).containsExactly("late");
    }

    @Test
    void allAreClosedWhateverFails() {
        IOException ofFirst = new IOException("first");
        AssertionError ofLast = new AssertionError("last");
        opened.add(() -> {
            throw ofFirst;
        });
        opened.add(() -> closed.add("between"));
        opened.add(() -> {
            throw ofLast;
        });

        assertThatThrownBy(opened::closeAll).isSameAs(ofLast).hasSuppressedException(ofFirst);
        assertThat(closed).containsExactly("between");
    }
}
