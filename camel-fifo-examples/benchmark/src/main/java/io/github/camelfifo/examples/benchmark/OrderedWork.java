package io.github.camelfifo.examples.benchmark;

/** From the order to a child until it has done its work. */
final class OrderedWork implements Contestant {

    private final ChildJvm child;
    private final long amount;

    OrderedWork(ChildJvm child, long amount) {
        this.child = child;
        this.amount = amount;
    }

    @Override
    public double pass() throws Exception {
        long start = System.nanoTime();
        child.ask("pass", amount);
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() {
        child.close();
    }
}
