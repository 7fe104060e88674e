package io.github.camelfifo;

import io.github.camelfifo.pipe.Pipes;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Endpoint;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Named pipes (FIFOs) as endpoints. All endpoints of a component share a few threads. */
@Component("fifo")
public class FifoComponent extends DefaultComponent {

    private static final Logger LOG = LoggerFactory.getLogger(FifoComponent.class);

    @Metadata(
            label = "consumer,advanced",
            defaultValue = "64",
            description =
                    "The most threads that run routes at once. Each FIFO runs its route on one thread at a time, and an"
                            + " idle FIFO needs none.")
    private int workerThreads = 64;

    private final AtomicInteger threadCount = new AtomicInteger();
    /** Guarded by this. */
    private Pipes pipes;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        FifoEndpoint endpoint = new FifoEndpoint(uri, this, remaining, new FifoConfiguration());
        Durations.check(parameters, remaining);
        try {
            setProperties(endpoint, parameters);
        } catch (PropertyBindingException e) {
            throw EndpointBinding.explained(e, remaining, getEndpointPropertyConfigurer());
        }
        endpoint.validate();
        return endpoint;
    }

    /**
     * The most threads that run routes at once.
     *
     * @return 1 or more
     */
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

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (workerThreads < 1) {
            throw new IllegalArgumentException("workerThreads=" + workerThreads + " is not 1 or more");
        }
        getCamelContext()
                .addLifecycleStrategy(LifecycleStrategySupport.adapt(
                        LifecycleStrategySupport.onCamelContextStopping(context -> prepareToStop())));
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        Pipes open;
        synchronized (this) {
            open = pipes;
            pipes = null;
        }
        if (open != null) {
            open.close();
        }
    }

    /** What the endpoints share; made when the first one needs it, because loading the native library takes a while. */
    synchronized Pipes pipes() {
        if (pipes == null) {
            try {
                pipes = new Pipes(
                        Posix.system(),
                        threads(),
                        workerThreads,
                        new WriterLog(),
                        e -> LOG.warn("A named pipe's task failed", e));
            } catch (ErrnoException e) {
                throw new RuntimeCamelException("Cannot watch named pipes", e);
            }
        }
        return pipes;
    }

    private synchronized void prepareToStop() {
        if (pipes != null) {
            pipes.writers().prepareToStop();
        }
    }

    /** Not Camel's: that may make virtual threads, and these wait in native code. */
    private ThreadFactory threads() {
        String name = "Camel (" + getCamelContext().getName() + ") fifo #";
        ClassLoader classLoader = getCamelContext().getApplicationContextClassLoader();
        return task -> {
            Thread thread = new Thread(task, name + threadCount.incrementAndGet());
            thread.setDaemon(true);
            if (classLoader != null) {
                thread.setContextClassLoader(classLoader);
            }
            return thread;
        };
    }
}
