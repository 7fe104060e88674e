package io.github.camelfifo.examples.springboot;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An application of Spring Boot that knows nothing of Camel; prints what Spring Boot thought of our auto-configuration. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class PlainApplication {

    private static final String OURS = "io.github.camelfifo.springboot.FifoComponentAutoConfiguration";

    public static void main(String[] arguments) {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(PlainApplication.class)
                .run(
                        "--spring.main.web-application-type=none",
                        "--spring.config.name=plain",
                        "--camel.component.fifo.framing=CHUNKS")) {
            ConditionEvaluationReport report = ConditionEvaluationReport.get(application.getBeanFactory());
            report.getConditionAndOutcomesBySource()
                    .get(OURS)
                    .forEach(outcome -> System.out.println(outcome.getOutcome().getMessage()));
            System.out.println("started");
        }
    }
}
