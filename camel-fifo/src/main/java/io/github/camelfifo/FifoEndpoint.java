package io.github.camelfifo;

import io.github.camelfifo.frame.Framing;
import io.github.camelfifo.internal.consumer.EndpointReading;
import io.github.camelfifo.internal.consumer.FrameExchanges;
import io.github.camelfifo.internal.consumer.FramePoller;
import io.github.camelfifo.internal.consumer.PolledFrames;
import io.github.camelfifo.internal.monitoring.Members;
import io.github.camelfifo.internal.monitoring.Role;
import io.github.camelfifo.internal.monitoring.Use;
import io.github.camelfifo.internal.options.EndpointOptions;
import io.github.camelfifo.internal.options.OptionReader;
import io.github.camelfifo.internal.options.StrictConfigurer;
import io.github.camelfifo.internal.producer.BodyWriter;
import io.github.camelfifo.internal.producer.KeptEndpoint;
import io.github.camelfifo.internal.producer.ProducerHealth;
import io.github.camelfifo.internal.producer.ProducerLevel;
import io.github.camelfifo.internal.pump.PipeName;
import io.github.camelfifo.internal.pump.Pumps;
import io.github.camelfifo.internal.pump.Reading;
import io.github.camelfifo.internal.request.Requests;
import io.github.camelfifo.internal.statistics.ConsumerState;
import io.github.camelfifo.internal.statistics.EndpointStatistics;
import io.github.camelfifo.internal.statistics.ReaderStatistics;
import io.github.camelfifo.pipe.NamedPipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.SynchronousDelegateProducer;

/**
 * Read from and write to named pipes (FIFOs), the files through which shell scripts, daemons and old programs pass
 * bytes on to each other.
 */
@UriEndpoint(
        firstVersion = "1.0.0",
        scheme = "fifo",
        title = "FIFO",
        syntax = "fifo:path",
        category = {Category.FILE},
        headersClass = FifoConstants.class)
@ManagedResource(description = "Managed FIFO endpoint")
public class FifoEndpoint extends ManagedFifoEndpoint implements AsyncEndpoint, EndpointServiceLocation {

    /** Sets and reads the options of an endpoint. */
    static final StrictConfigurer OPTIONS = new StrictConfigurer(FifoEndpoint.class);

    private static final FifoEndpoint DEFAULTS = new FifoEndpoint(null, null, null, new FifoConfiguration());

    private static final long PATIENCE_WITH_STOPPED_MILLIS = 5_000;

    @UriPath(
            description = "The path of the FIFO, absolute or relative to the working directory. It cannot contain a"
                    + " question mark.")
    @Metadata(required = true)
    private String path;

    @UriParam
    private FifoConfiguration configuration;

    private final EndpointStatistics statistics = new EndpointStatistics();
    /** The endpoint that counts for this one: another one, with the same URI, if this is that of its replies. */
    private FifoEndpoint counting = this;
    /** Null before the first producer. */
    private ProducerLevel producerLevel;
    /** Null before the first producer. */
    private ProducerHealth producerHealth;

    /** The pumps of the consumer that was stopped last; its last exchange may still be in work. */
    private volatile Pumps stoppedPumps;
    /** The consumer that was started last; null for none. */
    private volatile FifoConsumer consumer;

    private EndpointOptions options;

    /**
     * Makes an endpoint without options; Camel sets them.
     *
     * @param uri as the user wrote it
     * @param component the component
     * @param path of the FIFO, not resolved
     * @param configuration this endpoint's own
     */
    public FifoEndpoint(String uri, FifoComponent component, String path, FifoConfiguration configuration) {
        super(uri, component);
        this.path = path;
        this.configuration = configuration;
    }

    /**
     * Checks all options and how they go together. Called again for each producer and polling consumer, and for each start
     * of a consumer, because a setter may have changed an option since.
     *
     * @throws IllegalArgumentException if one is refused; the message names option, value, path and what is accepted
     */
    void validate() {
        validateFor("");
    }

    private void validateFor(String use, String... refused) {
        try {
            String replyTo = configuration.getReplyTo();
            Path replyPath = replyTo == null ? null : getComponent().resolve("replyTo", replyTo);
            OptionReader reader = new OptionReader(
                    OPTIONS.given(this, DEFAULTS), getComponent().basePath(), getComponent()::posix);
            options = reader.endpoint(getComponent().resolve("path", path), replyPath);
            reader.refuse(use, refused);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + " (fifo:" + path + ")", e);
        }
    }

    @Override
    public Producer createProducer() throws Exception {
        validateFor("a producer", "include");
        AsyncProducer producer = options.forReplies() == null ? new FifoProducer(this) : requestProducer();
        return configuration.isSynchronous() ? new SynchronousDelegateProducer(producer) : producer;
    }

    private FifoRequestProducer requestProducer() {
        FifoEndpoint replies = replyEndpoint();
        FrameExchanges answers = replies.frameExchanges();
        Requests.Settings settings = new Requests.Settings(
                bodyWriter(),
                getComponent()::pipes,
                replies.getAbsolutePath(),
                replies::answerPoller,
                taken -> answers.exchange(
                        replies::createExchange, taken.frame(), taken.sequence(), taken.session(), false),
                options.requestTimeoutMillis());
        return new FifoRequestProducer(
                this,
                replies,
                new Requests(settings),
                producerHealth(),
                List.of(use(Role.PRODUCER), replies.use(Role.POLLING)));
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        FifoConsumer consumer = new FifoConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public PollingConsumer createPollingConsumer() throws Exception {
        validateFor("polling", "include", "exclusive", "holdOpen");
        Supplier<Reading> reading = () -> reading(this::createExchange);
        PollingConsumer consumer = new FifoPollingConsumer(
                this,
                getComponent().polledPaths(),
                new PolledFrames(
                        getComponent()::pipes, getComponent().carriedOver(), reading, statistics(), frameExchanges()),
                use(Role.POLLING));
        configurePollingConsumer(consumer);
        return consumer;
    }

    @Override
    public FifoComponent getComponent() {
        return (FifoComponent) super.getComponent();
    }

    @Override
    public String getServiceUrl() {
        return options.path().toString();
    }

    @Override
    public String getServiceProtocol() {
        return "fifo";
    }

    @Override
    public String getAbsolutePath() {
        return options.path().toString();
    }

    /** {@return the path of the FIFO, as the user wrote it} */
    public String getPath() {
        return path;
    }

    /**
     * The path of the FIFO.
     *
     * @param path absolute or relative to the working directory
     */
    public void setPath(String path) {
        this.path = path;
    }

    /** {@return the options, this endpoint's own} */
    public FifoConfiguration getConfiguration() {
        return configuration;
    }

    /**
     * The options.
     *
     * @param configuration this endpoint's own
     */
    public void setConfiguration(FifoConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    ConsumerState state() {
        FifoConsumer current = consumer;
        if (current != null) {
            return current.state();
        }
        return statistics().isInUse() ? ConsumerState.FLOWING : ConsumerState.STOPPED;
    }

    @Override
    boolean isFolder() {
        return options.consuming().names() != null;
    }

    /**
     * The use that one consumer or producer makes of the FIFO; the one for replies counts for that of the requests. Those
     * that Camel makes for a single message come and go too fast to be shown.
     */
    Use use(Role role) {
        if (!role.isConsumers() && !KeptEndpoint.isUsedForLonger(counting)) {
            return Use.UNSEEN;
        }
        return getComponent()
                .fifosInUse()
                .use(getComponent(), counting.getAbsolutePath(), counting.figureSource(), role);
    }

    /** For a consumer that reads a folder. */
    Members members() {
        return new Members(getComponent().fifosInUse(), getComponent(), statistics(), this::state);
    }

    void consumedBy(FifoConsumer newConsumer) {
        consumer = newConsumer;
    }

    NamedPipe namedPipe() {
        return namedPipe(options);
    }

    private NamedPipe namedPipe(EndpointOptions of) {
        return getComponent().pipes().namedPipe(of.path(), of.pipe());
    }

    BodyWriter bodyWriter() {
        return new BodyWriter(options, producerLevel()::ofNext, statistics().writers(), !isOfReplies());
    }

    private synchronized ProducerLevel producerLevel() {
        if (producerLevel == null) {
            producerLevel = new ProducerLevel(counting);
        }
        return producerLevel;
    }

    synchronized ProducerHealth producerHealth() {
        if (producerHealth == null) {
            producerHealth = new ProducerHealth(counting, this::producerHealthCheck);
        }
        return producerHealth;
    }

    private FifoProducerHealthCheck producerHealthCheck() {
        String id = "producer:" + getEndpointUri() + (isOfReplies() ? "#replyTo" : "");
        NamedPipe replies = options.forReplies() == null ? null : namedPipe(options.forReplies());
        FifoProducerHealthCheck check = new FifoProducerHealthCheck(
                id, getEndpointUri(), namedPipe(), options.writing().holdOpen(), replies);
        check.setEnabled(getComponent().isHealthCheckProducerEnabled());
        return check;
    }

    private FramePoller answerPoller() throws IOException {
        Reading reading = reading(this::createExchange).ofReplies();
        return new FramePoller(
                getComponent().pipes(),
                getComponent().carriedOver(),
                reading,
                ReaderStatistics.ofReplies(statistics()),
                frameExchanges().malformedText(),
                0);
    }

    EndpointOptions options() {
        return options;
    }

    @Override
    EndpointStatistics statistics() {
        return counting.statistics;
    }

    private boolean isOfReplies() {
        return statistics() != statistics;
    }

    FrameExchanges frameExchanges() {
        PipeName name = new PipeName(getAbsolutePath(), null);
        return frameExchanges(() -> name);
    }

    FrameExchanges frameExchanges(Supplier<PipeName> name) {
        return new FrameExchanges(name, options.frames().charset(), options.framing() == Framing.SESSION);
    }

    /** How to read the FIFO; {@code exchanges} makes an exchange for a session in Camel's stream cache. */
    Reading reading(Supplier<Exchange> exchanges) {
        return EndpointReading.of(this, options, namedPipe(), exchanges);
    }

    /** An endpoint of the FIFO for replies; its consumers and producers take their options from {@link #options}. */
    FifoEndpoint replyEndpoint() {
        FifoEndpoint endpoint = new FifoEndpoint(
                getEndpointUri(), getComponent(), options.forReplies().path().toString(), configuration);
        endpoint.options = options.forReplies();
        endpoint.counting = this;
        endpoint.setCamelContext(getCamelContext());
        return endpoint;
    }

    void stopped(Pumps pumps) {
        stoppedPumps = pumps;
    }

    /** Waits for some time until the consumer that was stopped last has released the FIFO. */
    void awaitStopped() throws InterruptedException {
        Pumps stopped = stoppedPumps;
        stoppedPumps = null;
        if (stopped != null && !stopped.areRunByCurrentThread()) {
            stopped.awaitClosed(PATIENCE_WITH_STOPPED_MILLIS);
        }
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (options == null) {
            // made by a constructor and not from a URI
            validate();
        }
    }
}
