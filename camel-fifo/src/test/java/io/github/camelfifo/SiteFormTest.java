package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.tooling.model.ComponentModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The component page has the form of Camel's site: the attributes that Camel's generator writes, and Camel's includes in
 * place of our tables. Antora, which makes Camel's site, sets the attribute {@code site-gen-antora}; a page of a repository
 * is made without it. Camel's own generator keeps both up to date:
 *
 * <pre>mvn -pl camel-fifo org.apache.camel:camel-package-maven-plugin:update-readme</pre>
 */
class SiteFormTest {

    private static final Path PAGE = Path.of("src/main/docs/fifo-component.adoc");

    private static final String BLOCK = "(?ms)^%s::site-gen-antora\\[]\n(.*?)^endif::\\[]\n";
    private static final String LINE = "(?m)^%s::site-gen-antora\\[(.+)]$";

    private String page;
    private ComponentModel component;

    @BeforeEach
    void read() throws IOException {
        page = Files.readString(PAGE);
        component = Catalog.model();
    }

    /** The page as Asciidoctor reads it, with that attribute or without. */
    private String form(boolean ofSite) {
        String kept = ofSite ? "ifdef" : "ifndef";
        String left = ofSite ? "ifndef" : "ifdef";
        return page.replaceAll(LINE.formatted(kept), "$1")
                .replaceAll(LINE.formatted(left), "")
                .replaceAll(BLOCK.formatted(kept), "$1")
                .replaceAll(BLOCK.formatted(left), "");
    }

    private String support() {
        if (component.isConsumerOnly()) {
            return "Only consumer is supported";
        }
        return component.isProducerOnly() ? "Only producer is supported" : "Both producer and consumer are supported";
    }

    @Test
    void theHeaderHasTheAttributesOfTheCatalog() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("doctitle", component.getTitle());
        attributes.put("shortname", component.getScheme());
        attributes.put("artifactid", component.getArtifactId());
        attributes.put("description", component.getDescription());
        attributes.put("since", component.getFirstVersionShort());
        attributes.put("supportlevel", component.getSupportLevel().toString());
        attributes.put("tabs-sync-option", "");
        attributes.put("component-header", support());
        StringBuilder header = new StringBuilder("= " + component.getTitle() + " Component\n");
        attributes.forEach((name, value) ->
                header.append((":" + name + ": " + value).strip()).append('\n'));

        assertThat(page).startsWith(header + "\n");
    }

    @Test
    void bothFormsSayWhatIsSupportedAndSinceWhen() {
        assertThat(form(true)).contains("\n*Since Camel {since}*\n", "\n*{component-header}*\n");
        assertThat(form(false)).contains("\n*Since camel-fifo {since}*\n", "\n*{component-header}*\n");
    }

    @Test
    void theSyntaxIsThatOfTheCatalog() {
        assertThat(page).contains("== URI format\n\n----\n" + component.getSyntax() + "[?options]\n----\n");
    }

    @Test
    void onTheSiteCamelsIncludesStandInPlaceOfTheTables() {
        List<String> includes = List.of("configure-options", "endpoint-options", "endpoint-headers");

        assertThat(form(true))
                .doesNotContain("component-options: START", "endpoint-options: START", "headers: START", "::site-gen")
                .contains(includes.stream()
                        .map("include::partial$component-%s.adoc[]\n"::formatted)
                        .reduce("// component options: START\n", String::concat)
                        .concat("// component options: END\n"));
    }

    /** The pages of a repository have no includes. */
    @Test
    void inTheRepositoryThePageIsWhole() {
        assertThat(form(false))
                .doesNotContain("include::", "::site-gen")
                .contains("// component-options: START", "// endpoint-options: START", "// headers: START");
        assertThat(Pattern.compile("(?m)^(if|endif)").matcher(form(false)).results())
                .isEmpty();
    }
}
