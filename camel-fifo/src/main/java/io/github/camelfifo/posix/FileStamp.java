package io.github.camelfifo.posix;

import java.util.concurrent.TimeUnit;
import jnr.posix.FileStat;
import jnr.posix.NanosecondFileStat;

/**
 * Changes when names come to a folder or leave it, or when another folder takes its place: {@code WatchedFolder} looks
 * at a folder's FIFOs only after such a change.
 *
 * @param identity device and inode
 * @param modifiedNanos st_mtim, nanoseconds since 1970; as fine as the file system's clock, which may tick in
 *     milliseconds
 * @param changedNanos st_ctim, likewise
 */
public record FileStamp(FileIdentity identity, long modifiedNanos, long changedNanos) {

    static FileStamp of(FileStat stat) {
        NanosecondFileStat times = (NanosecondFileStat) stat;
        return new FileStamp(
                new FileIdentity(stat.dev(), stat.ino()),
                TimeUnit.SECONDS.toNanos(stat.mtime()) + times.mTimeNanoSecs(),
                TimeUnit.SECONDS.toNanos(stat.ctime()) + times.cTimeNanoSecs());
    }
}
