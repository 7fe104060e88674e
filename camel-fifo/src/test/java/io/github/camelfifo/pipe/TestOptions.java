package io.github.camelfifo.pipe;

import java.nio.file.Path;

/** Options that differ from others in one thing. */
final class TestOptions {

    private TestOptions() {}

    static PipeOptions strict(boolean autoCreate, int permissions) {
        return strict(new PipeOptions(autoCreate, permissions));
    }

    static PipeOptions strict(PipeOptions options) {
        return with(options, options.confinedTo(), true);
    }

    static PipeOptions confinedTo(Path folder, PipeOptions options) {
        return with(options, folder, options.strict());
    }

    static PipeOptions ownedBy(int owner, int group, int permissions) {
        return new PipeOptions(true, permissions, owner, group, 0, null, false);
    }

    private static PipeOptions with(PipeOptions options, Path confinedTo, boolean strict) {
        return new PipeOptions(
                options.autoCreate(),
                options.permissions(),
                options.owner(),
                options.group(),
                options.capacity(),
                confinedTo,
                strict);
    }
}
