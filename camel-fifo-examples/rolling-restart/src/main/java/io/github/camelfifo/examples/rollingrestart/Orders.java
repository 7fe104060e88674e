package io.github.camelfifo.examples.rollingrestart;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.builder.RouteBuilder;

/** The route: an order comes in as a line of a named pipe, and its invoice is added to a file. */
final class Orders extends RouteBuilder {

    private static final Pattern ORDER = Pattern.compile("order (\\d+): (\\d{1,9}) x (\\d{1,9})");

    private final Path orders;
    private final Path invoices;
    private final String version;

    /**
     * The same route in each version of the program.
     *
     * @param invoices the file; all versions add to it
     * @param version  is said in each invoice
     */
    Orders(Path orders, Path invoices, String version) {
        this.orders = orders;
        this.invoices = invoices;
        this.version = version;
    }

    @Override
    public void configure() {
        // exclusive: one process reads, the others stand by with the pipe open.
        // ON_COMPLETION: an order stays in the pipe until its invoice is written. A process that is killed before that
        // leaves it there, and the next one finds it.
        from("fifo:" + orders + "?exclusive=true&acknowledge=ON_COMPLETION")
                .routeId("orders")
                .transform()
                .body(String.class, this::invoice)
                // what is written survives a kill without being forced to the disk
                .to("file:" + invoices.getParent() + "?fileName=" + invoices.getFileName()
                        + "&fileExist=Append&forceWrites=false");
    }

    /** A line with the amount, the version, and the time by the clock that all processes of a machine share. */
    private String invoice(String line) {
        return amount(line) + " by version " + version + " at " + System.nanoTime() + "\n";
    }

    private static String amount(String line) {
        Matcher order = ORDER.matcher(line);
        if (!order.matches()) {
            return "not an order: " + line;
        }
        long amount = Long.parseLong(order.group(2)) * Long.parseLong(order.group(3));
        return "invoice " + order.group(1) + ": " + amount;
    }
}
