package io.github.camelfifo.examples.kafka;

import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** Tells whoever started this JVM that its routes run. */
final class Started extends MainListenerSupport {

    private final String word;

    private Started(String word) {
        this.word = word;
    }

    static void say(Main camel, String word) {
        camel.addMainListener(new Started(word));
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        System.out.println(word);
    }
}
