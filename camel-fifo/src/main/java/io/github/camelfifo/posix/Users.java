package io.github.camelfifo.posix;

import jnr.posix.Group;
import jnr.posix.POSIX;
import jnr.posix.Passwd;

/** Finds users and groups, for the options that name them and for the checks of a file's owner. Thread-safe. */
public final class Users {

    private final SystemCalls calls;
    private final POSIX posix;

    Users(SystemCalls calls) {
        this.calls = calls;
        this.posix = calls.posix();
    }

    /** {@return the number of the calling thread's user, who owns the files that it makes, geteuid(2)} */
    public int effectiveUserId() {
        return posix.geteuid();
    }

    /**
     * {@return a user's name and number for messages, for example {@code root (0)}; only a number without a name,
     * getpwuid(3)}
     *
     * @param uid the user's number
     */
    public String text(int uid) {
        Passwd user = posix.getpwuid(uid);
        String number = Integer.toUnsignedString(uid);
        return user == null ? number : user.getLoginName() + " (" + number + ")";
    }

    /**
     * {@return a user's number, 0 or more; -1 when there is no such user, getpwnam(3)}
     *
     * @param name the user
     * @throws ErrnoException when the list of users could not be read, for example because no descriptors are left
     */
    public int userId(String name) throws ErrnoException {
        posix.errno(0);
        Passwd user = posix.getpwnam(name);
        return user == null ? notFound("getpwnam", name) : (int) user.getUID();
    }

    /**
     * {@return a group's number, 0 or more; -1 when there is no such group, getgrnam(3)}
     *
     * @param name the group
     * @throws ErrnoException as {@link #userId}
     */
    public int groupId(String name) throws ErrnoException {
        posix.errno(0);
        Group group = posix.getgrnam(name);
        return group == null ? notFound("getgrnam", name) : (int) group.getGID();
    }

    /** -1 for an unknown name. Many values of errno may mean that; these mean an unread list, getpwnam(3). */
    private int notFound(String call, String name) throws ErrnoException {
        return switch (jnr.constants.platform.Errno.valueOf(posix.errno())) {
            case EIO, EINTR, EMFILE, ENFILE, ENOMEM -> throw calls.failure(call, name);
            default -> -1;
        };
    }
}
