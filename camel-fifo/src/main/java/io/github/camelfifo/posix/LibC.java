package io.github.camelfifo.posix;

import java.nio.ByteBuffer;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.annotations.Variadic;
import jnr.ffi.types.size_t;
import jnr.ffi.types.u_int32_t;

/**
 * The calls of the C library that jnr-posix does not offer, under their C names and with C's results: -1 means that
 * errno says why. Only this package calls them; the interface is public because jnr-ffi implements it.
 */
public interface LibC {

    /**
     * {@return a descriptor, or -1, see epoll_create1(2)}
     *
     * @param flags EPOLL_CLOEXEC or 0
     */
    int epoll_create1(int flags);

    /**
     * {@return 0, or -1, see epoll_ctl(2)}
     *
     * @param epoll the epoll descriptor
     * @param op    EPOLL_CTL_ADD, EPOLL_CTL_MOD or EPOLL_CTL_DEL
     * @param fd    the descriptor to watch
     * @param event a {@code struct epoll_event}
     */
    int epoll_ctl(int epoll, int op, int fd, @In ByteBuffer event);

    /**
     * {@return the number of events, or -1, see epoll_wait(2)}
     *
     * @param epoll         the epoll descriptor
     * @param events        room for {@code maxEvents} times {@code struct epoll_event}
     * @param maxEvents     at least 1
     * @param timeoutMillis -1 waits for ever
     */
    int epoll_wait(int epoll, @Out ByteBuffer events, int maxEvents, int timeoutMillis);

    /**
     * {@return a descriptor, or -1, see eventfd(2)}
     *
     * @param initial the counter's first value
     * @param flags   EFD_NONBLOCK, EFD_CLOEXEC
     */
    int eventfd(@u_int32_t int initial, int flags);

    /**
     * {@return 0, or -1, see ioctl(2)}
     *
     * @param fd      the descriptor
     * @param request one that fills in an {@code int}, for example FIONREAD
     * @param value   receives the answer
     */
    @Variadic(fixedCount = 2)
    int ioctl(int fd, long request, @Out int[] value);

    /**
     * {@return the number of descriptors with events, or -1, see poll(2)}
     *
     * @param descriptors   one {@code struct pollfd}
     * @param count         1
     * @param timeoutMillis 0 looks without waiting
     */
    int poll(ByteBuffer descriptors, long count, int timeoutMillis);

    /**
     * {@return a descriptor, or -1, see inotify_init1(2)}
     *
     * @param flags IN_NONBLOCK, IN_CLOEXEC
     */
    int inotify_init1(int flags);

    /**
     * {@return a watch descriptor, or -1, see inotify_add_watch(2)}
     *
     * @param inotify the inotify descriptor
     * @param path    the file to watch
     * @param mask    the events
     */
    int inotify_add_watch(int inotify, String path, @u_int32_t int mask);

    /**
     * {@return 0, or -1, see inotify_rm_watch(2)}
     *
     * @param inotify the inotify descriptor
     * @param watch   of inotify_add_watch
     */
    int inotify_rm_watch(int inotify, int watch);

    /**
     * {@return 0, or -1, see pipe(2)}
     *
     * @param ends  receives the descriptors of the reading and the writing end
     * @param flags O_NONBLOCK, O_CLOEXEC
     */
    int pipe2(@Out int[] ends, int flags);

    /**
     * {@return how many bytes were copied, or -1, see tee(2)}
     *
     * @param from   the reading end of a pipe, from which nothing is taken
     * @param to     the writing end of another one
     * @param length the most bytes
     * @param flags  SPLICE_F_NONBLOCK
     */
    long tee(int from, int to, @size_t long length, @u_int32_t int flags);

    /**
     * {@return what the command gives, or -1, see fcntl(2)}
     *
     * @param fd       the descriptor
     * @param command  one that takes a number, for example F_SETPIPE_SZ
     * @param argument of the command
     */
    @Variadic(fixedCount = 2)
    int fcntl(int fd, int command, int argument);

    /**
     * {@return how many bytes the link has, or -1, see readlinkat(2)}
     *
     * @param folder a directory, or the link itself if the path is empty
     * @param path   the link
     * @param target receives the link's text, without an end
     * @param size   of {@code target}
     */
    int readlinkat(int folder, String path, @Out byte[] target, @size_t long size);

    /**
     * {@return 0, or -1, see access(2)}
     *
     * @param folder where a relative path starts
     * @param path   the file
     * @param mode   R_OK, W_OK, X_OK
     * @param flags  AT_EACCESS
     */
    int faccessat(int folder, String path, int mode, int flags);

    /**
     * {@return 0, or -1, see mkdir(2)} jnr-posix has it too, but throws its own exception when the call fails.
     *
     * @param path where
     * @param mode permission bits
     */
    int mkdir(String path, @u_int32_t int mode);

    /**
     * {@return 0, or -1, see futimens(3)}
     *
     * @param fd    the descriptor
     * @param times null for now
     */
    int futimens(int fd, @In ByteBuffer times);
}
