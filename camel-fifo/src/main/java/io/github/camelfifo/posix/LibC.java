package io.github.camelfifo.posix;

import java.nio.ByteBuffer;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.annotations.Variadic;
import jnr.ffi.types.size_t;
import jnr.ffi.types.u_int32_t;

/**
 * The calls of the C library that jnr-posix does not offer, under their C names. Return values are those of C: -1 means
 * that errno says why. Public only because jnr-ffi implements it from outside of this package; use {@link Posix}.
 */
public interface LibC {

    /**
     * See epoll_create1(2).
     *
     * @param  flags {@link Linux#EPOLL_CLOEXEC} or 0
     * @return       a descriptor, or -1
     */
    int epoll_create1(int flags);

    /**
     * See epoll_ctl(2).
     *
     * @param  epoll the epoll descriptor
     * @param  op    one of EPOLL_CTL_ADD, EPOLL_CTL_MOD and EPOLL_CTL_DEL
     * @param  fd    the descriptor to watch
     * @param  event a {@code struct epoll_event}
     * @return       0, or -1
     */
    int epoll_ctl(int epoll, int op, int fd, @In ByteBuffer event);

    /**
     * See epoll_wait(2).
     *
     * @param  epoll         the epoll descriptor
     * @param  events        room for {@code maxEvents} times {@code struct epoll_event}
     * @param  maxEvents     at least 1
     * @param  timeoutMillis -1 waits for ever
     * @return               the number of events, or -1
     */
    int epoll_wait(int epoll, @Out ByteBuffer events, int maxEvents, int timeoutMillis);

    /**
     * See eventfd(2).
     *
     * @param  initial the counter's first value
     * @param  flags   EFD_* flags
     * @return         a descriptor, or -1
     */
    int eventfd(@u_int32_t int initial, int flags);

    /**
     * See ioctl(2), for requests whose argument is one {@code int} to be filled in.
     *
     * @param  fd      the descriptor
     * @param  request for example FIONREAD
     * @param  value   receives the answer
     * @return         0, or -1
     */
    @Variadic(fixedCount = 2)
    int ioctl(int fd, long request, @Out int[] value);

    /**
     * See poll(2), for a single descriptor.
     *
     * @param  descriptors   one {@code struct pollfd}
     * @param  count         1
     * @param  timeoutMillis 0 looks without waiting
     * @return               the number of descriptors with events, or -1
     */
    int poll(ByteBuffer descriptors, long count, int timeoutMillis);

    /**
     * See inotify_init1(2).
     *
     * @param flags IN_NONBLOCK, IN_CLOEXEC
     * @return a descriptor, or -1
     */
    int inotify_init1(int flags);

    /**
     * See inotify_add_watch(2).
     *
     * @param inotify the inotify descriptor
     * @param path what to watch
     * @param mask for which events
     * @return a watch descriptor, or -1
     */
    int inotify_add_watch(int inotify, String path, @u_int32_t int mask);

    /**
     * See pipe(2).
     *
     * @param ends receives the descriptors of the reading and the writing end
     * @param flags O_NONBLOCK, O_CLOEXEC
     * @return 0, or -1
     */
    int pipe2(@Out int[] ends, int flags);

    /**
     * See tee(2).
     *
     * @param from the reading end of a pipe, from which nothing is taken
     * @param to the writing end of another one
     * @param length at most so many bytes
     * @param flags SPLICE_F_NONBLOCK
     * @return how many bytes, or -1
     */
    long tee(int from, int to, @size_t long length, @u_int32_t int flags);

    /**
     * See inotify_rm_watch(2).
     *
     * @param inotify the inotify descriptor
     * @param watch of inotify_add_watch
     * @return 0, or -1
     */
    int inotify_rm_watch(int inotify, int watch);

    /**
     * See fcntl(2), for commands that take a number.
     *
     * @param fd the descriptor
     * @param command for example F_SETPIPE_SZ
     * @param argument of the command
     * @return what the command gives, or -1
     */
    @Variadic(fixedCount = 2)
    int fcntl(int fd, int command, int argument);

    /**
     * See readlinkat(2).
     *
     * @param folder a directory, or the link itself where the path is empty
     * @param path the link
     * @param target receives what the link says, without an end
     * @param size of {@code target}
     * @return how many bytes, or -1
     */
    int readlinkat(int folder, String path, @Out byte[] target, @size_t long size);

    /**
     * See mkdir(2); jnr-posix throws an exception of its own where that fails.
     *
     * @param path where
     * @param mode permission bits
     * @return 0, or -1
     */
    int mkdir(String path, @u_int32_t int mode);
}
