package io.github.camelfifo.posix;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A directory that is held open (O_PATH); package {@code pipe} finds, makes and removes FIFOs in it. The calls go
 * through {@code /proc/self/fd/N/name}, so they reach this same directory even after it was renamed or replaced at its
 * path. Thread-safe, except {@link #close()}.
 */
public final class Folder implements AutoCloseable {

    private final SystemCalls calls;
    private final Descriptor descriptor;

    Folder(SystemCalls calls, Descriptor descriptor) {
        this.calls = calls;
        this.descriptor = descriptor;
    }

    Descriptor descriptor() {
        return descriptor;
    }

    /**
     * {@return the names in this folder, without {@code .} and {@code ..}}
     *
     * @throws IOException when the system refuses
     */
    public Set<String> names() throws IOException {
        Set<String> names = new LinkedHashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(descriptor.procPath()))) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /**
     * {@return the folder's own status, fstat(2)}
     *
     * @throws ErrnoException when the system refuses
     */
    public FileStatus status() throws ErrnoException {
        return descriptor.status();
    }

    /** {@return the path that was opened, for messages} */
    public String path() {
        return descriptor.path();
    }

    /**
     * Opens a name of the folder, following links, as {@link Posix#openPath} does.
     *
     * @param name one name, also {@code .} or {@code ..}
     * @param path the file's path, for messages
     * @return a descriptor, to be closed
     * @throws ErrnoException {@link Errno#ENOENT} when nothing is there; ENOTDIR when this is no directory
     */
    public Descriptor open(String name, String path) throws ErrnoException {
        return Descriptor.open(calls, in(name), path, Linux.O_PATH);
    }

    /**
     * Does the same, but opens a symbolic link itself and not its target.
     *
     * @param name one name
     * @param path the file's path, for messages
     * @return a descriptor, to be closed
     * @throws ErrnoException as {@link #open}
     */
    public Descriptor openNoFollow(String name, String path) throws ErrnoException {
        return Descriptor.open(calls, in(name), path, Linux.O_PATH | Linux.O_NOFOLLOW);
    }

    /**
     * Treats a descriptor as a folder, unchecked: calls in a file that is no directory fail with ENOTDIR.
     *
     * @param opened from {@link #open}; closed with the result
     * @return the folder
     */
    public Folder enter(Descriptor opened) {
        return new Folder(calls, opened);
    }

    /**
     * Makes a FIFO in this folder.
     *
     * @param name one name
     * @param mode permission bits, which the umask reduces
     * @throws ErrnoException {@link Errno#EEXIST} when anything, even a dangling link, has this name
     */
    public void mkfifo(String name, int mode) throws ErrnoException {
        calls.make("mkfifo", pathOf(name), () -> calls.posix().mkfifo(in(name), mode));
    }

    /**
     * Makes a regular file in this folder and opens it.
     *
     * @param name one name
     * @param mode permission bits, which the umask reduces
     * @return the file, to be closed
     * @throws ErrnoException {@link Errno#EEXIST} when anything, even a dangling link, has this name
     */
    public RegularFile makeFile(String name, int mode) throws ErrnoException {
        return RegularFile.make(calls, in(name), pathOf(name), mode);
    }

    /**
     * Opens a located regular file for its content, or for reading alone if writing is forbidden.
     *
     * @param located from {@link #openNoFollow}; stays open
     * @return the file, to be closed
     * @throws ErrnoException as open(2) says
     */
    public RegularFile openFile(Descriptor located) throws ErrnoException {
        return RegularFile.open(calls, located);
    }

    /**
     * Makes a folder in this one.
     *
     * @param name one name
     * @param mode permission bits, which the umask reduces
     * @throws ErrnoException {@link Errno#EEXIST} when anything, even a dangling link, has this name
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
     * {@return whether a file's real place is this folder or below it, after all links, proc(5); true for this folder
     * itself}
     *
     * @param file any descriptor
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
     * {@return whether a folder's real place is this folder or below it}
     *
     * @param folder any
     * @throws ErrnoException as readlink(2) says
     */
    public boolean contains(Folder folder) throws ErrnoException {
        return contains(folder.descriptor);
    }

    /**
     * {@return this folder's real path, see {@link Descriptor#target}}
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
