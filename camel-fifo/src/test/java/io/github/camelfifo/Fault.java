package io.github.camelfifo;

import io.github.camelfifo.testing.CallSites.Extent;
import io.github.camelfifo.testing.CallSites.Injection;
import io.github.camelfifo.testing.CallSites.Site;
import io.github.camelfifo.testing.Faults.Instead;
import java.util.List;
import java.util.stream.Stream;

/**
 * What can go wrong with a call, by its manual page. Reasons between which neither the kernel's nor the component's further
 * course differs are left out.
 *
 * @param name errno's name, or what happens instead
 */
record Fault(String name) {

    /** Not an error: less is read or written than asked for. */
    static final String SHORT = "in small pieces";

    private static final String LATE = "EINTR, though done";

    /** The faults of a call with its operation; the last ones are those that can last. */
    static List<Fault> of(String call) {
        return switch (call) {
            case "open" -> faults("EINTR", "EACCES", "ENOMEM", "ENFILE", "EMFILE", "EIO");
            case "close" -> faults(LATE);
            case "read" -> faults("EINTR", "EAGAIN", SHORT, "EIO");
            case "write" -> faults("EINTR", "EAGAIN", SHORT, "ENOSPC", "ENOMEM", "EIO");
            case "inotify_read" -> faults("EINTR", "EIO");
            // they cannot fail
            case "geteuid", "getuid" -> faults();
            case "eventfd_write" -> faults("EINTR", "EAGAIN", "EIO");
            case "mkfifo" -> faults("EINTR", "EACCES", "ENOSPC", "ENOMEM", "EIO");
            case "chmod", "chown", "unlink", "readlink" -> faults("EINTR", "EACCES", "ENOMEM", "EIO");
            case "getpwnam", "getgrnam" -> faults("EINTR", "ENFILE", "ENOMEM", "EMFILE", "EIO");
            case "fcntl" -> faults("EINTR", "EBUSY", "ENOMEM", "EPERM");
            case "flock" -> faults("EINTR", "EAGAIN", "ENOMEM", "EIO");
            case "epoll_create1", "eventfd", "inotify_init1" -> faults("ENFILE", "ENOMEM", "EMFILE");
            case "epoll_ctl ADD", "inotify_add_watch" -> faults("EINTR", "EACCES", "ENOMEM", "ENOSPC");
            default -> faults("EINTR", "ENOMEM", "EIO");
        };
    }

    /** Whether it can come again and again; a signal does not, and a call that always says EAGAIN is full or empty. */
    boolean canLast() {
        return !List.of("EINTR", "EAGAIN", LATE, "ENFILE", "EACCES").contains(name);
    }

    /** Whether the call has failed for good, and not only has to be made again. */
    boolean isError() {
        return !List.of("EINTR", "EAGAIN", LATE, SHORT).contains(name);
    }

    Injection at(Site site, Extent extent) {
        return new Injection(site, name, effect(), extent);
    }

    private Instead effect() {
        return switch (name) {
            case SHORT -> call -> call.proceedWith(997);
            case LATE ->
                call -> {
                    call.proceed();
                    return call.fail("EINTR");
                };
            default -> call -> call.fail(name);
        };
    }

    private static List<Fault> faults(String... names) {
        return Stream.of(names).map(Fault::new).toList();
    }
}
