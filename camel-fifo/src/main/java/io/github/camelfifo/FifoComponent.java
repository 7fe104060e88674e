package io.github.camelfifo;

import io.github.camelfifo.internal.PipeLog;
import io.github.camelfifo.internal.consumer.ContextStart;
import io.github.camelfifo.internal.consumer.PolledPaths;
import io.github.camelfifo.internal.monitoring.ContextFifos;
import io.github.camelfifo.internal.monitoring.FifosInUse;
import io.github.camelfifo.internal.options.OptionReader;
import io.github.camelfifo.internal.options.StrictConfigurer;
import io.github.camelfifo.internal.pump.CarriedOver;
import io.github.camelfifo.internal.pump.Pumps;
import io.github.camelfifo.pipe.Pipes;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.LifecycleStrategy;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.ShutdownStrategy;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes endpoints for named pipes (FIFOs); Camel calls it. All endpoints of a component share a few threads. */
@Component("fifo")
public class FifoComponent extends HealthCheckComponent {

    /** Sets and reads the options of a component. */
    static final StrictConfigurer OPTIONS = new StrictConfigurer(FifoComponent.class);

    private static final Logger LOG = LoggerFactory.getLogger(FifoComponent.class);

    @Metadata(
            label = "advanced",
            defaultValue = "64",
            description =
                    "The most threads that run routes at once. Each FIFO runs its route on one thread at a time, and an"
                            + " idle FIFO needs none.")
    private int workerThreads = 64;

    @Metadata(
            label = "security",
            description =
                    "A folder that all FIFOs are in: relative paths start there, and a path that leads out of it (by"
                            + " .., an absolute path elsewhere, or a symbolic link) is refused. For toD with a path from a header;"
                            + " it confines the path, not the options.")
    private String baseDirectory;

    @Metadata(description = "Options for all endpoints; each endpoint has its own copy.")
    private FifoConfiguration configuration;

    private final LifecycleStrategy contextStop =
            LifecycleStrategySupport.adapt(LifecycleStrategySupport.onCamelContextStopping(context -> prepareToStop()));

    private final PolledPaths polledPaths = new PolledPaths(() -> pipes().claims());
    private final CarriedOver carriedOver = new CarriedOver();
    private final Set<FifoConsumer> consumers = ConcurrentHashMap.newKeySet();
    /** Guarded by this. */
    private Pipes pipes;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        FifoConfiguration own = configuration == null ? new FifoConfiguration() : configuration.copy();
        FifoEndpoint endpoint = new FifoEndpoint(uri, this, remaining, own);
        try {
            setProperties(endpoint, parameters);
        } catch (PropertyBindingException e) {
            throw new IllegalArgumentException(FifoEndpoint.OPTIONS.explain(e) + " (fifo:" + remaining + ")", e);
        }
        endpoint.validate();
        return endpoint;
    }

    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        return OPTIONS;
    }

    @Override
    public PropertyConfigurer getEndpointPropertyConfigurer() {
        return FifoEndpoint.OPTIONS;
    }

    /** {@return the most threads that run routes at once, 1 or more} */
    public int getWorkerThreads() {
        return workerThreads;
    }

    /**
     * The most threads that run routes at once.
     *
     * @param workerThreads 1 or more
     */
    public void setWorkerThreads(int workerThreads) {
        this.workerThreads = workerThreads;
    }

    /** {@return the folder that all FIFOs are in; null for none} */
    public String getBaseDirectory() {
        return baseDirectory;
    }

    /**
     * The folder that all FIFOs are in.
     *
     * @param baseDirectory absolute or relative to the working directory
     */
    public void setBaseDirectory(String baseDirectory) {
        this.baseDirectory = baseDirectory;
    }

    /** {@return options for all endpoints; null for the defaults} */
    public FifoConfiguration getConfiguration() {
        return configuration;
    }

    /**
     * Options for all endpoints.
     *
     * @param configuration each endpoint has its own copy
     */
    public void setConfiguration(FifoConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * The folder that paths must not lead out of; null for none.
     *
     * @throws IllegalArgumentException when {@code baseDirectory} is not the path of a folder
     */
    Path basePath() {
        if (baseDirectory == null) {
            return null;
        }
        boolean isPath = !baseDirectory.isBlank() && baseDirectory.indexOf('\0') < 0;
        Path base = isPath ? Path.of(baseDirectory).toAbsolutePath().normalize() : null;
        if (base == null || (Files.exists(base) && !Files.isDirectory(base))) {
            throw new IllegalArgumentException("baseDirectory=" + baseDirectory + " is not the path of a folder");
        }
        return base;
    }

    /**
     * The absolute path.
     *
     * @param option the name of the option, for messages
     * @throws IllegalArgumentException when the path is missing or leads out of the base directory
     */
    Path resolve(String option, String path) {
        if (path == null || path.isBlank() || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(option + "=" + path + " is not the path of a FIFO");
        }
        Path base = basePath();
        if (base == null) {
            return Path.of(path).toAbsolutePath();
        }
        Path resolved = base.resolve(path);
        if (!resolved.equals(resolved.normalize()) || !resolved.startsWith(base) || resolved.equals(base)) {
            throw new IllegalArgumentException(option + "=" + path + " is not inside of baseDirectory=" + baseDirectory
                    + ", or has . or .. in it");
        }
        return resolved;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        checkOptions();
        getCamelContext().addLifecycleStrategy(contextStop);
        // the application may set its meters up later than the first consumer starts
        getCamelContext().addStartupListener(new ContextStart(() -> fifosInUse().lookForMeters()));
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        // Camel sets options from properties after it has initialised the component
        checkOptions();
        polledPaths.open();
        carriedOver.open();
    }

    private void checkWorkerThreads() {
        if (workerThreads < 1) {
            throw new IllegalArgumentException("workerThreads=" + workerThreads + " is not 1 or more");
        }
    }

    /** Checks the options, however they were set. */
    private void checkOptions() {
        try {
            checkWorkerThreads();
            Path base = basePath();
            if (configuration != null) {
                new OptionReader(OPTIONS.given(this, new FifoComponent()), base, this::posix).checkDefaults();
                if (configuration.getReplyTo() != null) {
                    Path unused = resolve("replyTo", configuration.getReplyTo());
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + " (component " + getDefaultName() + ")", e);
        }
    }

    @Override
    protected void doShutdown() throws Exception {
        super.doShutdown();
        // a context that starts again makes a new component
        getCamelContext().getLifecycleStrategies().remove(contextStop);
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        fifosInUse().endAllOf(this);
        polledPaths.close();
        carriedOver.close();
        Pipes open;
        synchronized (this) {
            open = pipes;
            pipes = null;
        }
        if (open != null) {
            open.close();
        }
    }

    /** The endpoints share this. The first use makes it, because loading the native library takes a while. */
    synchronized Pipes pipes() {
        if (pipes == null) {
            checkWorkerThreads();
            try {
                pipes = new Pipes(
                        posix(),
                        threads(),
                        workerThreads,
                        new PipeLog(),
                        e -> LOG.warn("Background work of the component failed: {}", e.toString(), e));
            } catch (ErrnoException e) {
                throw new RuntimeCamelException("Cannot watch named pipes: " + e.getMessage(), e);
            }
        }
        return pipes;
    }

    /** The FIFOs that are polled. */
    PolledPaths polledPaths() {
        return polledPaths;
    }

    /** What stopped consumers could not deliver. */
    CarriedOver carriedOver() {
        return carriedOver;
    }

    /** What the dev console and meters show: of all components of the context together. */
    FifosInUse fifosInUse() {
        return ContextFifos.of(getCamelContext());
    }

    /** The system calls; loads the native library. */
    Posix posix() {
        return Posix.system();
    }

    void consumerStarted(FifoConsumer consumer) {
        consumers.add(consumer);
    }

    void consumerStopped(FifoConsumer consumer) {
        consumers.remove(consumer);
    }

    private void prepareToStop() {
        synchronized (this) {
            if (pipes != null) {
                pipes.writers().prepareToStop();
            }
        }
        ShutdownStrategy strategy = getCamelContext().getShutdownStrategy();
        long end = System.nanoTime() + strategy.getTimeUnit().toNanos(strategy.getTimeout());
        List<Pumps> draining = consumers.stream()
                .map(FifoConsumer::drainIfWrapped)
                .filter(Objects::nonNull)
                .toList();
        try {
            boolean inTime = true;
            for (Pumps pumps : draining) {
                inTime &= pumps.awaitDrained(TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
            }
            if (!inTime) {
                consumers.forEach(FifoConsumer::giveUpIfWrapped);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Only the names are Camel's: Camel may make virtual threads, and these threads wait in native code. */
    private ThreadFactory threads() {
        ExecutorServiceManager names = getCamelContext().getExecutorServiceManager();
        ClassLoader classLoader = getCamelContext().getApplicationContextClassLoader();
        return task -> {
            Thread thread = new Thread(task, names.resolveThreadName("fifo"));
            thread.setDaemon(true);
            if (classLoader != null) {
                thread.setContextClassLoader(classLoader);
            }
            return thread;
        };
    }
}
