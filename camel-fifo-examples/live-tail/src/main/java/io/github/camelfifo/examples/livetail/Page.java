package io.github.camelfifo.examples.livetail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The page that shows the lines. The browser is told to run the script in it and no other, whatever a line has in it. */
final class Page {

    private static final String FILE = "/live-tail.html";

    private final String html;
    private final String policy;

    Page() {
        try (InputStream file = Page.class.getResourceAsStream(FILE)) {
            html = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        policy = "default-src 'none'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
                + "frame-ancestors 'none'; style-src " + hash("style") + "; script-src " + hash("script");
    }

    /** Makes the answer of a request. */
    void answer(Message message) {
        // or the request's headers would be sent back
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, "text/html; charset=utf-8");
        message.setHeader("Cache-Control", "no-cache");
        message.setHeader("Content-Security-Policy", policy);
        message.setHeader("X-Content-Type-Options", "nosniff");
        message.setHeader("Referrer-Policy", "no-referrer");
        message.setBody(html);
    }

    /** How the policy names the only element of this name in the page. */
    private String hash(String element) {
        String open = "<" + element + ">";
        int start = html.indexOf(open) + open.length();
        String content = html.substring(start, html.indexOf("</" + element + ">", start));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
