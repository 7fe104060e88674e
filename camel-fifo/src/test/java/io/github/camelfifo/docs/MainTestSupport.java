package io.github.camelfifo.docs;

import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.Snippets;
import java.io.StringReader;
import java.util.Properties;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** For each test an application of camel-main that is not started yet, and an empty folder for its pipes. */
@ExtendWith(LeakCheck.class)
abstract class MainTestSupport {

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    final Main main = new Main();

    @AfterEach
    void stop() {
        main.stop();
    }

    /** Sets the lines of a file of properties. */
    final void setProperties(String lines) throws Exception {
        Properties properties = new Properties();
        properties.load(new StringReader(lines));
        properties.forEach((name, value) -> main.addInitialProperty(name.toString(), value.toString()));
    }

    /** Adds the routes of an example to the started application. */
    final void load(Snippets.Snippet routes) throws Exception {
        new SnippetLoader(main.getCamelContext(), folder.path()).load(routes);
    }
}
