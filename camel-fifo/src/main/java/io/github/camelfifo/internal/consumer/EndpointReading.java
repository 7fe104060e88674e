package io.github.camelfifo.internal.consumer;

import io.github.camelfifo.frame.FrameDecoder;
import io.github.camelfifo.frame.FrameSettings;
import io.github.camelfifo.frame.Framing;
import io.github.camelfifo.internal.options.EndpointOptions;
import io.github.camelfifo.internal.pump.Reading;
import io.github.camelfifo.pipe.NamedPipe;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;

/** Turns an endpoint's options into what pumps need to know. */
public final class EndpointReading {

    private EndpointReading() {}

    /**
     * How consumers read the FIFO.
     *
     * @param options of the endpoint
     * @param pipe at the endpoint's path
     * @param exchanges makes an exchange for a session in Camel's stream cache
     */
    public static Reading of(Endpoint endpoint, EndpointOptions options, NamedPipe pipe, Supplier<Exchange> exchanges) {
        CamelContext context = endpoint.getCamelContext();
        FrameSettings frames = options.frames();
        boolean exclusive = options.consuming().exclusive();
        // an exclusive reader takes whole frames, because it leaves the pipe to others; chunks are no frames
        boolean looks = options.consuming().looks() || (exclusive && options.framing() != Framing.CHUNKS);
        return new Reading(
                pipe,
                options.deleteOnStop(),
                options.checkIntervalMillis(),
                endpoint::getEndpointUri,
                endpoint.getEndpointUri(),
                looks,
                looks && !options.consuming().looks(),
                frames.chunkSize(),
                options.framing().isCopiedOnce(frames),
                options.consuming().maxBatchSize(),
                options.consuming().retryDelayMillis(),
                ofPath -> decoder(options, context, ofPath, exchanges),
                context.getName(),
                exclusive,
                () -> !exclusive && isRunning(context),
                () -> options.consuming().holdOpen() && isRunning(context));
    }

    /** The context has stopped already when the last exchange took longer than Camel waits. */
    private static boolean isRunning(CamelContext context) {
        return !context.isStopping() && !context.isStopped();
    }

    /** A decoder of the FIFO at a path. */
    private static FrameDecoder decoder(
            EndpointOptions options, CamelContext context, String ofPath, Supplier<Exchange> exchanges) {
        Framing framing = options.framing();
        boolean spools =
                framing == Framing.SESSION && context.getStreamCachingStrategy().isSpoolEnabled();
        FrameSettings settings = options.frames().withSource(ofPath);
        return framing.decoder(
                spools ? settings.withSessionStore(() -> new StoredSession(ofPath, exchanges.get())) : settings);
    }
}
