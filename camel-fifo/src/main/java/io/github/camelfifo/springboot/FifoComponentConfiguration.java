package io.github.camelfifo.springboot;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The component's options as a Spring Boot application gives them; null when it does not. They are texts, because the
 * component itself reads and checks them, as it does in other runtimes: Spring would refuse {@code 1m30s} and take
 * {@code 0x10}. {@link ComponentProperties} takes only the names from here; Spring Boot binds it to show it in the
 * Actuator's {@code configprops}.
 */
@ConfigurationProperties(FifoComponentConfiguration.PREFIX)
record FifoComponentConfiguration(
        String acknowledge,
        String atomicity,
        String autoCreate,
        String autowiredEnabled,
        String baseDirectory,
        String bodyType,
        String bridgeErrorHandler,
        String charset,
        String checkInterval,
        String chunkSize,
        String configuration,
        String deleteOnStop,
        String delimiter,
        String embeddedDelimiter,
        String exclude,
        String exclusive,
        String frameLength,
        String framing,
        String group,
        String healthCheckConsumerEnabled,
        String healthCheckProducerEnabled,
        String holdOpen,
        String include,
        String lazyStartProducer,
        String lengthFieldSize,
        String lockFile,
        String maxBatchSize,
        String maxFrameLength,
        String noReader,
        String onFailure,
        String oversizedFrame,
        String owner,
        String permissions,
        String pipeCapacity,
        String readerTimeout,
        String replyTo,
        String requestTimeout,
        String retryDelay,
        String skipEmptyFrames,
        String stopOnEof,
        String strict,
        String synchronous,
        String whenFull,
        String workerThreads,
        String writeTimeout) {

    /** Before the name of each option. */
    static final String PREFIX = "camel.component.fifo";
}
