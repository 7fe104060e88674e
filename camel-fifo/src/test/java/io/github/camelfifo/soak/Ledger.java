package io.github.camelfifo.soak;

import io.github.camelfifo.testing.NumberedFrame;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was written into a FIFO, by writer and number, and what came out at its other end. Holds little for each writer, so
 * that a long soak shows what the component holds. Thread-safe.
 */
final class Ledger {

    private static final int MOST_PROBLEMS = 20;
    private static final Pattern HALVES = Pattern.compile("(?:half-\\d+;)*");
    private static final Pattern HALF = Pattern.compile("half-(\\d+);");

    private final String name;
    private final Map<Integer, Account> accounts = new HashMap<>();
    private final BitSet halvesWritten = new BitSet();
    private final List<String> problems = new ArrayList<>();
    private int writers;
    private long frames;

    Ledger(String name) {
        this.name = name;
    }

    private static final class Account {
        /** All up to here was written, but for those that failed. */
        private long written;
        /** Nothing beyond here can have been written. */
        private long attempted;

        private long received;
        private boolean ended;
        private final BitSet failed = new BitSet();

        boolean isSettled() {
            return ended && failed.nextClearBit((int) received + 1) > written;
        }
    }

    /** The number of a new writer. */
    synchronized int newWriter() {
        accounts.put(writers, new Account());
        return writers++;
    }

    synchronized void attempts(int writer, long number) {
        accounts.get(writer).attempted = number;
    }

    synchronized void hasWritten(int writer, long number) {
        accounts.get(writer).written = number;
    }

    /** Its writer was told that it failed, so it may come or not. */
    synchronized void hasFailed(int writer, long number) {
        mayBeMissing(writer, number);
        hasWritten(writer, number);
    }

    /** It failed on its way. */
    synchronized void mayBeMissing(int writer, long number) {
        accounts.get(writer).failed.set((int) number);
    }

    synchronized void hasEnded(int writer) {
        accounts.get(writer).ended = true;
    }

    /** Somebody is about to write what {@link #half} says, without an end. */
    synchronized int newHalf() {
        int half = writers++;
        halvesWritten.set(half);
        return half;
    }

    static String half(int number) {
        return "half-" + number + ";";
    }

    /** A frame's text came out; where it has no end of its own, it must be marked. */
    synchronized void received(String text, boolean marked) {
        frames++;
        Matcher halves = HALVES.matcher(text);
        boolean found = halves.lookingAt();
        String rest = found ? text.substring(halves.end()) : text;
        takeHalves(text.substring(0, text.length() - rest.length()));
        if (rest.isEmpty()) {
            if (!marked) {
                problem("an unended frame is not marked: '" + text + "'");
            }
            return;
        }
        NumberedFrame frame = NumberedFrame.parse(rest);
        Account account = frame == null ? null : accounts.get(frame.writer());
        if (account == null) {
            problem("torn, or nobody's: '" + text + "'");
        } else {
            if (marked) {
                problem("a whole frame is marked: '" + text + "'");
            }
            take(frame, account);
        }
    }

    private void takeHalves(String halves) {
        Matcher half = HALF.matcher(halves);
        while (half.find()) {
            int number = Integer.parseInt(half.group(1));
            if (!halvesWritten.get(number)) {
                problem("half " + number + " came twice");
            }
            halvesWritten.clear(number);
        }
    }

    private void take(NumberedFrame frame, Account account) {
        long next = account.failed.nextClearBit((int) account.received + 1);
        boolean expected = frame.number() > account.received && frame.number() <= next;
        if (!expected || frame.number() > account.attempted) {
            problem(frame.writer() + "-" + frame.number() + " came after " + account.received + "; attempted "
                    + account.attempted);
        }
        account.received = frame.number();
        forgetIfSettled(frame.writer(), account);
    }

    private void forgetIfSettled(int writer, Account account) {
        if (account.ended && account.received >= account.attempted) {
            accounts.remove(writer);
        }
    }

    synchronized void problem(String what) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(name + ": " + what);
        }
    }

    /** Whether all writers have ended, and all that they have written has come. */
    synchronized boolean isSettled() {
        // what may still come, of a writer that was killed or failed, is remembered
        accounts.values().removeIf(account -> account.ended && account.received >= account.attempted);
        return accounts.values().stream().allMatch(Account::isSettled) && halvesWritten.isEmpty();
    }

    synchronized long frames() {
        return frames;
    }

    synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    /** What is missing, for people. */
    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder(name).append(':');
        accounts.forEach((writer, account) -> text.append(" writer ")
                .append(writer)
                .append(" wrote ")
                .append(account.written)
                .append(account.ended ? "" : " and goes on")
                .append(", received ")
                .append(account.received)
                .append(';'));
        return text.append(" halves missing ")
                .append(halvesWritten)
                .append("; ")
                .append(problems)
                .toString();
    }
}
