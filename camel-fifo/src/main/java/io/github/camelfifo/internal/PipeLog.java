package io.github.camelfifo.internal;

import io.github.camelfifo.pipe.PipeListener;
import io.github.camelfifo.pipe.Pipes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what happens to the pipes, once for each change. The component makes it for its {@link Pipes}. */
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
        LOG.warn("{} cannot be opened anew and is read through the old descriptor: {}", path, why);
    }

    @Override
    public void reopened(String path) {
        LOG.info("{} could be opened anew", path);
    }

    @Override
    public void bytesLost(String path, long bytes, String why) {
        LOG.warn("{} bytes in {} are lost: {}", bytes, path, why);
    }

    @Override
    public void foreignReader(String path) {
        LOG.warn("Somebody else reads {}: what was looked at is not what came out; both get arbitrary pieces", path);
    }

    @Override
    public void capacityRefused(String path, int bytes, String why) {
        LOG.warn("{} does not get a capacity of {} bytes: {}", path, bytes, why);
    }

    @Override
    public void pathReplaced(String path) {
        LOG.warn("{} was removed or replaced: the named pipe that is there now is used from now on", path);
    }

    @Override
    public void pathLost(String path, String why) {
        LOG.warn("The named pipe {} has gone and is awaited: {}", path, why);
    }

    @Override
    public void pathFound(String path) {
        LOG.info("{} is a named pipe again", path);
    }
}
