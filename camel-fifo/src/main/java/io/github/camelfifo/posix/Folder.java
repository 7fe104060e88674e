package io.github.camelfifo.posix;

import java.util.Arrays;

/**
 * A directory that is held open (O_PATH), for the calls that look for, make and remove FIFOs in it. They go by way of
 * {@code /proc/self/fd/N/name}: so they reach this very directory, also after it was renamed or something else was put at
 * its path. Thread-safe, but for {@link #close()}.
 */
public final class Folder implements AutoCloseable {

    private final SystemCalls calls;
    private final Descriptor descriptor;

    Folder(SystemCalls calls, Descriptor descriptor) {
        this.calls = calls;
        this.descriptor = descriptor;
    }

    /** {@return the path that was opened, for messages} */
    public String path() {
        return descriptor.path();
    }

    /**
     * Opens a name of the folder, following links, as {@link Posix#openPath} does.
     *
     * @param name one name, also {@code .} or {@code ..}
     * @param path what messages are to name it by
     * @return to be closed
     * @throws ErrnoException {@link Errno#ENOENT} when nothing is there; ENOTDIR when this is no directory after all
     */
    public Descriptor open(String name, String path) throws ErrnoException {
        return Descriptor.open(calls, in(name), path, Linux.O_PATH);
    }

    /**
     * Does the same, but opens a symbolic link itself and not the file that it leads to.
     *
     * @param name one name
     * @param path what messages are to name it by
     * @return to be closed
     * @throws ErrnoException as {@link #open}
     */
    public Descriptor openNoFollow(String name, String path) throws ErrnoException {
        return Descriptor.open(calls, in(name), path, Linux.O_PATH | Linux.O_NOFOLLOW);
    }

    /**
     * Takes a descriptor for a folder. Nothing is checked: calls in a file that is no directory fail with ENOTDIR.
     *
     * @param opened of {@link #open}; closed with the result
     * @return that folder
     */
    public Folder enter(Descriptor opened) {
        return new Folder(calls, opened);
    }

    /**
     * Makes a FIFO in this folder.
     *
     * @param name one name
     * @param mode permission bits, from which the umask takes some away
     * @throws ErrnoException {@link Errno#EEXIST} when anything, a dangling link too, has this name
     */
    public void mkfifo(String name, int mode) throws ErrnoException {
        calls.make("mkfifo", pathOf(name), () -> calls.posix().mkfifo(in(name), mode));
    }

    /**
     * Makes a folder in this one.
     *
     * @param name one name
     * @param mode permission bits, from which the umask takes some away
     * @throws ErrnoException {@link Errno#EEXIST} when anything, a dangling link too, has this name
     */
    public void mkdir(String name, int mode) throws ErrnoException {
        calls.make("mkdir", pathOf(name), () -> calls.libc().mkdir(in(name), mode));
    }

    /**
     * Removes a name from this folder.
     *
     * @param name one name
     * @throws ErrnoException {@link Errno#ENOENT} when nothing has this name
     */
    public void unlink(String name) throws ErrnoException {
        calls.make("unlink", pathOf(name), () -> calls.posix().unlink(in(name)));
    }

    /**
     * Whether a file really is in this folder or in one below it, whatever links led to either, proc(5).
     *
     * @param file any descriptor
     * @return true for this folder itself, too
     * @throws ErrnoException as readlink(2) says
     */
    public boolean contains(Descriptor file) throws ErrnoException {
        byte[] whole = file.targetBytes();
        byte[] top = descriptor.targetBytes();
        int length = top.length;
        return whole.length >= length
                && Arrays.equals(whole, 0, length, top, 0, length)
                && (whole.length == length || whole[length] == '/' || top[length - 1] == '/');
    }

    /**
     * {@return whether a folder really is this one or below it}
     *
     * @param folder any
     * @throws ErrnoException as readlink(2) says
     */
    public boolean contains(Folder folder) throws ErrnoException {
        return contains(folder.descriptor);
    }

    /**
     * {@return where this folder really is, see {@link Descriptor#target}}
     *
     * @throws ErrnoException as readlink(2) says
     */
    public String target() throws ErrnoException {
        return descriptor.target();
    }

    @Override
    public void close() {
        descriptor.close();
    }

    private String in(String name) {
        return descriptor.procPath() + "/" + name;
    }

    private String pathOf(String name) {
        return path().endsWith("/") ? path() + name : path() + "/" + name;
    }
}
