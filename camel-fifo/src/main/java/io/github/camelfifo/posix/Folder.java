package io.github.camelfifo.posix;

import java.util.Arrays;

/**
 * A directory that is held open (O_PATH), and the calls that are made in it: by way of {@code /proc/self/fd/N/name}, so
 * that they reach this very directory, also after it was renamed or something else was put at its path. Thread-safe, but
 * for {@link #close()}.
 */
public final class Folder implements AutoCloseable {

    private final Posix posix;
    private final Descriptor descriptor;

    Folder(Posix posix, Descriptor descriptor) {
        this.posix = posix;
        this.descriptor = descriptor;
    }

    /**
     * What was opened.
     *
     * @return the path that messages name
     */
    public String path() {
        return descriptor.path();
    }

    /**
     * Opens what is in the folder under a name, following links, as {@link Posix#openPath} does.
     *
     * @param  name           one name, also {@code .} or {@code ..}
     * @param  path           what messages are to name it by
     * @return                to be closed
     * @throws ErrnoException {@link Errno#ENOENT} when nothing is there; ENOTDIR when this is no directory after all
     */
    public Descriptor open(String name, String path) throws ErrnoException {
        return posix.open(in(name), path, Linux.O_PATH);
    }

    /**
     * The same, but of a symbolic link it opens the link itself and not what it leads to.
     *
     * @param  name           one name
     * @param  path           what messages are to name it by
     * @return                to be closed
     * @throws ErrnoException as {@link #open}
     */
    public Descriptor openNoFollow(String name, String path) throws ErrnoException {
        return posix.open(in(name), path, Linux.O_PATH | Linux.O_NOFOLLOW);
    }

    /**
     * What a descriptor has open, as a folder in turn.
     *
     * @param  opened         of {@link #open}; closed with the result
     * @return                nothing is checked: calls in what is no directory fail with ENOTDIR
     */
    public Folder enter(Descriptor opened) {
        return new Folder(posix, opened);
    }

    /**
     * Makes a FIFO in this folder.
     *
     * @param  name           one name
     * @param  mode           permission bits, from which the umask takes some away
     * @throws ErrnoException {@link Errno#EEXIST} when anything, a dangling link too, has this name
     */
    public void mkfifo(String name, int mode) throws ErrnoException {
        posix.mkfifo(in(name), pathOf(name), mode);
    }

    /**
     * Makes a folder in this one.
     *
     * @param  name           one name
     * @param  mode           permission bits, from which the umask takes some away
     * @throws ErrnoException {@link Errno#EEXIST} when anything, a dangling link too, has this name
     */
    public void mkdir(String name, int mode) throws ErrnoException {
        posix.mkdir(in(name), pathOf(name), mode);
    }

    /**
     * Removes a name from this folder.
     *
     * @param  name           one name
     * @throws ErrnoException {@link Errno#ENOENT} when nothing has this name
     */
    public void unlink(String name) throws ErrnoException {
        posix.unlink(in(name), pathOf(name));
    }

    /**
     * Whether a file really is in this folder or in one below it, whatever links led to either, proc(5).
     *
     * @param  file           any descriptor
     * @return                true for this folder itself, too
     * @throws ErrnoException as readlink(2) says
     */
    public boolean contains(Descriptor file) throws ErrnoException {
        byte[] whole = posix.targetBytes(file);
        byte[] top = posix.targetBytes(descriptor);
        int length = top.length;
        return whole.length >= length
                && Arrays.equals(whole, 0, length, top, 0, length)
                && (whole.length == length || whole[length] == '/' || top[length - 1] == '/');
    }

    /**
     * The same of a folder.
     *
     * @param  folder         any
     * @return                true for this folder itself, too
     * @throws ErrnoException as readlink(2) says
     */
    public boolean contains(Folder folder) throws ErrnoException {
        return contains(folder.descriptor);
    }

    /**
     * Where this folder really is.
     *
     * @return                see {@link Posix#target}
     * @throws ErrnoException as readlink(2) says
     */
    public String target() throws ErrnoException {
        return posix.target(descriptor);
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
