package io.github.camelfifo.examples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** All that is Java here: the routes are in {@code camel/invoices.yaml}, the settings in {@code application.yaml}. */
@SpringBootApplication
public class Application {

    /**
     * Runs until it is told to end.
     *
     * @param arguments settings, such as {@code --server.port=8081}
     */
    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }
}
