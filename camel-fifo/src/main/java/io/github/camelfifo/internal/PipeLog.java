package io.github.camelfifo.internal;

import io.github.camelfifo.pipe.PipeListener;
import io.github.camelfifo.pipe.Pipes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the changes of pipes, each once. The component makes it for its {@link Pipes}. */
public final class PipeLog implements PipeListener {

    private static final Logger LOG = LoggerFactory.getLogger(PipeLog.class);

    @Override
    public void readerMissing(String path, boolean hadReader) {
        if (hadReader) {
            LOG.warn("The reader of {} has gone", path);
        } else {
            LOG.info("Nobody has {} open for reading yet", path);
        }
    }

    @Override
    public void readerCame(String path) {
        LOG.info("{} has a reader", path);
    }

    @Override
    public void notReopened(String path, String why) {
        LOG.warn("Cannot reopen {}; reading goes on through the old descriptor: {}", path, why);
    }

    @Override
    public void reopened(String path) {
        LOG.info("{} was reopened", path);
    }

    @Override
    public void bytesLost(String path, long bytes, String why) {
        LOG.warn("{} bytes in {} are lost: {}", bytes, path, why);
    }

    @Override
    public void foreignReader(String path) {
        LOG.warn(
                "Another process reads {} too, and took bytes that were not acknowledged yet; each gets arbitrary pieces",
                path);
    }

    @Override
    public void readTwice(String place, String other) {
        LOG.warn(
                "{} is the same named pipe as {}: both read it, and each gets arbitrary pieces; exclusive=true on both"
                        + " lets them take turns",
                place,
                other);
    }

    @Override
    public void capacityRefused(String path, int bytes, String why) {
        LOG.warn("{} does not get a capacity of {} bytes: {}", path, bytes, why);
    }

    @Override
    public void pathReplaced(String path) {
        LOG.warn("{} was removed or replaced; the new named pipe is used from now on", path);
    }

    @Override
    public void pathLost(String path, String why) {
        LOG.warn("There is no usable named pipe at {}; waiting for one: {}", path, why);
    }

    @Override
    public void pathFound(String path) {
        LOG.info("{} is a named pipe again", path);
    }
}
