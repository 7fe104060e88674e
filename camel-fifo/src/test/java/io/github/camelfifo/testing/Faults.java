package io.github.camelfifo.testing;

import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.LibC;
import io.github.camelfifo.posix.Posix;
import io.github.camelfifo.posix.PosixOver;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import jnr.ffi.LibraryLoader;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/**
 * System calls that can be made to fail, to do less than they were asked to, or to come at a bad time. Calls go by their
 * C names; posting to an eventfd goes by {@code eventfd_write}, and taking events of inotify by {@code inotify_read}. Calls are counted from
 * the moment a fault is asked for: the first one after that has the number 1. Thread-safe.
 */
public final class Faults {

    /** What happens instead of a call. */
    @FunctionalInterface
    public interface Instead {

        /** Gives what the call gives; see {@link Call}. */
        int of(Call call) throws Exception;
    }

    /** Something to be done between two system calls. */
    @FunctionalInterface
    public interface Action {

        /** Does it, in the thread that makes the call. */
        void run() throws Exception;
    }

    private static final POSIX REAL_POSIX = POSIXFactory.getNativePOSIX();
    private static final LibC REAL_LIBC = LibraryLoader.create(LibC.class).load(POSIXFactory.STANDARD_C_LIBRARY_NAME);

    private static final String EACH = "*";

    /** Calls that give an object, or null when they fail. */
    private static final Set<String> LOOKUPS = Set.of("getpwnam", "getgrnam");

    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final Posix posix = PosixOver.library(proxy(POSIX.class, REAL_POSIX), proxy(LibC.class, REAL_LIBC));

    /** The system calls with the faults. */
    public Posix posix() {
        return posix;
    }

    /** How often a call was made since this object was. */
    public int count(String call) {
        return counter(call).get();
    }

    /** The next call fails. */
    public void fail(String call, Errno errno) {
        fail(call, 1, errno);
    }

    /** The n-th call from now fails. */
    public void fail(String call, int number, Errno errno) {
        instead(call, each -> each.number() == number ? each.fail(errno) : each.proceed());
    }

    /** Every call fails, until {@link #clear()}. */
    public void failAll(String call, Errno errno) {
        instead(call, each -> each.fail(errno));
    }

    /** No read or write moves more than so many bytes, until {@link #clear()}. */
    public void shorten(String call, int bytes) {
        instead(call, each -> each.proceedWith(bytes));
    }

    /** Before the n-th call from now, something else happens. */
    public void before(String call, int number, Action action) {
        instead(call, each -> {
            if (each.number() == number) {
                action.run();
            }
            return each.proceed();
        });
    }

    /** After the n-th call from now, and before its caller sees the result, something else happens. */
    public void after(String call, int number, Action action) {
        instead(call, each -> {
            int result = each.proceed();
            if (each.number() == number) {
                int errno = REAL_POSIX.errno();
                action.run();
                REAL_POSIX.errno(errno);
            }
            return result;
        });
    }

    /** Something else happens whenever the call is made, until {@link #clear()}. Those asked for later come first. */
    public void instead(String call, Instead instead) {
        rules.add(0, new Rule(call, instead, new AtomicInteger()));
    }

    /** Something else happens whenever any call is made that has an errno, until {@link #clear()}. */
    public void insteadOfEach(Instead instead) {
        instead(EACH, instead);
    }

    /** From now on everything works. */
    public void clear() {
        rules.clear();
    }

    private AtomicInteger counter(String call) {
        return counts.computeIfAbsent(call, name -> new AtomicInteger());
    }

    private <T> T proxy(Class<T> type, T real) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            String name = name(method, arguments);
            counter(name).incrementAndGet();
            List<Rule> matching = matching(name, method);
            return matching.isEmpty() ? invoke(real, method, arguments) : follow(matching, real, method, arguments);
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private List<Rule> matching(String name, Method method) {
        boolean hasErrno = LOOKUPS.contains(name)
                || (method.getReturnType() == int.class && !method.getName().equals("errno"));
        List<Rule> matching = new ArrayList<>();
        rules.stream()
                .filter(rule ->
                        rule.call().equals(name) || (hasErrno && rule.call().equals(EACH)))
                .forEach(matching::add);
        return matching;
    }

    /** For a lookup, rules see 0 instead of the object that it gives. */
    private static Object follow(List<Rule> matching, Object real, Method method, Object[] arguments) throws Exception {
        AtomicReference<Object> found = new AtomicReference<>();
        int result = follow(matching, 0, method, arguments, changed -> {
            Object given = invoke(real, method, changed);
            found.set(given);
            return given instanceof Integer number ? number : given == null ? -1 : 0;
        });
        return method.getReturnType() == int.class ? (Object) result : result < 0 ? null : found.get();
    }

    private static int follow(List<Rule> matching, int index, Method method, Object[] arguments, Next real)
            throws Exception {
        if (index == matching.size()) {
            return real.call(arguments);
        }
        Rule rule = matching.get(index);
        int number = rule.calls().incrementAndGet();
        return rule.instead()
                .of(new Call(
                        name(method, arguments),
                        number,
                        arguments,
                        changed -> follow(matching, index + 1, method, changed, real)));
    }

    private static Object invoke(Object real, Method method, Object[] arguments) throws Exception {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static String name(Method method, Object[] arguments) {
        String name = method.getName();
        boolean ofArray = arguments != null && arguments.length > 1 && arguments[1] instanceof byte[];
        return switch (name) {
            case "write" -> ofArray ? "eventfd_write" : name;
            case "read" -> ofArray ? "inotify_read" : name;
            default -> name;
        };
    }

    private record Rule(String call, Instead instead, AtomicInteger calls) {}

    @FunctionalInterface
    private interface Next {
        int call(Object[] arguments) throws Exception;
    }

    /** One call that a fault has got hold of. */
    public static final class Call {

        private final String name;
        private final int number;
        private final Object[] arguments;
        private final Next next;

        Call(String name, int number, Object[] arguments, Next next) {
            this.name = name;
            this.number = number;
            this.arguments = arguments;
            this.next = next;
        }

        /** The call's C name. */
        public String name() {
            return name;
        }

        /** How many such calls there were since the fault was asked for, this one included. */
        public int number() {
            return number;
        }

        /** An argument of the C function. */
        public Object argument(int index) {
            return arguments[index];
        }

        /** Makes the call. */
        public int proceed() throws Exception {
            return next.call(arguments);
        }

        /** Makes the call, a read or a write, with a smaller count. */
        public int proceedWith(int bytes) throws Exception {
            Object[] changed = arguments.clone();
            changed[2] = Math.min(bytes, (Integer) changed[2]);
            return next.call(changed);
        }

        /** Does not make the call, but fails. */
        public int fail(Errno errno) {
            return fail(errno.name());
        }

        /** Does not make the call, but fails for a reason that {@link Errno} does not have, such as {@code EIO}. */
        public int fail(String errno) {
            REAL_POSIX.errno(jnr.constants.platform.Errno.valueOf(errno).intValue());
            return -1;
        }
    }
}
