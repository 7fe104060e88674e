package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.internal.producer.BodyWriter;
import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Path;
import org.apache.camel.ProducerTemplate;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A start and an end have a line each in the log, but not those of a producer that is there for one message. */
class StartAndEndLogTest extends FifoTestSupport {

    private final LogCapture log = new LogCapture();
    private Path fifo;
    private PipeEnd reader;

    @BeforeEach
    void openReader() throws Exception {
        fifo = folder.fifo("out");
        reader = reader(fifo);
    }

    private void expectLines(String level, int starts, int ends) {
        assertThat(log.lines(level, "Producing to " + fifo)).hasSize(starts + ends);
        assertThat(log.lines(level, "Producing to " + fifo + " has ended")).hasSize(ends);
    }

    private void sendFive() throws Exception {
        ProducerTemplate template = context.createProducerTemplate();
        for (int i = 1; i <= 5; i++) {
            template.sendBody("direct:a", String.valueOf(i));
        }
        reader.expect(Received.lines(5));
    }

    @Test
    void aProducerOfARouteTellsOfEachStartAndEnd() throws Exception {
        start(routes -> routes.from("direct:a").routeId("a").to(uri(fifo)));
        sendFive();
        context.getRouteController().stopRoute("a");
        context.getRouteController().startRoute("a");
        context.stop();

        expectLines("INFO", 2, 2);
    }

    @Test
    void eachOfTwoProducersOfRoutesDoes() throws Exception {
        start(routes -> {
            routes.from("direct:a").to(uri(fifo));
            routes.from("direct:b").to(uri(fifo));
        });
        context.stop();

        expectLines("INFO", 2, 2);
    }

    @Test
    void oneThatStartsWithItsFirstMessageDoes() throws Exception {
        start(routes -> routes.from("direct:a").to(uri(fifo, "lazyStartProducer=true")));
        sendFive();
        context.stop();

        expectLines("INFO", 1, 1);
    }

    @Test
    void oneOfATemplateDoes() throws Exception {
        context.start();
        context.createProducerTemplate().sendBody(uri(fifo), "1");
        context.stop();

        expectLines("INFO", 1, 1);
    }

    @Test
    void oneOfToDDoesThatIsKept() throws Exception {
        start(routes -> routes.from("direct:a").toD(uri(fifo)));
        sendFive();
        context.stop();

        expectLines("INFO", 1, 1);
    }

    @Test
    void oneOfToDWithoutACacheDoesNot() throws Exception {
        start(routes -> routes.from("direct:a").toD(uri(fifo), -1));
        sendFive();
        context.stop();

        expectLines("INFO", 0, 0);
    }

    @Test
    void itsLinesAreThereWithDebug() throws Exception {
        String logger = BodyWriter.class.getName();
        Configurator.setLevel(logger, Level.DEBUG);
        closing(() -> Configurator.setLevel(logger, Level.INFO));
        start(routes -> routes.from("direct:a").toD(uri(fifo), -1));
        sendFive();

        expectLines("DEBUG", 5, 5);
    }

    @Test
    void thoseOfOtherPatternsWithoutACacheDoNot() throws Exception {
        start(routes -> {
            routes.from("direct:list").recipientList(routes.constant(uri(fifo))).cacheSize(-1);
            routes.from("direct:slip").routingSlip(routes.constant(uri(fifo))).cacheSize(-1);
            routes.from("direct:enrich").enrich().constant(uri(fifo)).cacheSize(-1);
        });
        ProducerTemplate template = context.createProducerTemplate();
        template.sendBody("direct:list", "1");
        template.sendBody("direct:slip", "2");
        template.sendBody("direct:enrich", "3");
        reader.expect(Received.lines(3));

        expectLines("INFO", 0, 0);
    }

    /** Camel takes an endpoint that it has, and still makes a producer of it for each message. */
    @Test
    void onlyTheFirstDoesWhereTheEndpointIsARoutesToo() throws Exception {
        Path own = folder.fifo("own");
        Received received = new Received();
        start(routes -> {
            routes.from(uri(own)).process(received);
            routes.from("direct:a").toD(uri(own), -1);
        });
        ProducerTemplate template = context.createProducerTemplate();
        for (int i = 1; i <= 5; i++) {
            template.sendBody("direct:a", String.valueOf(i));
        }
        received.awaitNumbers(5);

        assertThat(log.lines("INFO", "Producing to " + own)).hasSize(2);
    }
}
