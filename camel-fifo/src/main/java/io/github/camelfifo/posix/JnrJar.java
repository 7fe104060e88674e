package io.github.camelfifo.posix;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * The jars of jnr, whose versions {@link LoadFailure} compares. Only versions of the same time fit together, and an
 * application's BOM can replace some by older ones.
 */
enum JnrJar {
    POSIX("jnr-posix", "jnr/posix/POSIX.class"),
    FFI("jnr-ffi", "jnr/ffi/Runtime.class"),
    CONSTANTS("jnr-constants", "jnr/constants/Constant.class"),
    JFFI("jffi", "com/kenai/jffi/Library.class");

    /** The build writes it from the versions that it resolved. */
    private static final String NEEDED = "jnr-versions.properties";

    private final String artifact;
    private final String classFile;

    JnrJar(String artifact, String classFile) {
        this.artifact = artifact;
        this.classFile = classFile;
    }

    /** The jars on the class path with other versions than at build time. */
    static List<JnrJar> ofOtherVersions() {
        return Arrays.stream(values())
                .filter(jar -> !jar.found().equals(jar.needed()))
                .toList();
    }

    /** For example {@code jnr-ffi 2.3.4}: the version at build time. */
    String needed() {
        return artifact + " " + version(JnrJar.class.getResource(NEEDED), NEEDED, artifact);
    }

    /** For example {@code jnr-ffi 2.2.13}, or {@code no jnr-ffi}: the version on the class path. */
    String found() {
        URL holder = JnrJar.class.getClassLoader().getResource(classFile);
        if (holder == null) {
            return "no " + artifact;
        }
        // Maven's file with the version, from this class's own jar; another jar may have such a file too
        String toRoot = "../".repeat(classFile.split("/").length - 1);
        String note = toRoot + "META-INF/maven/com.github.jnr/" + artifact + "/pom.properties";
        return artifact + " " + version(holder, note, "version");
    }

    /** With the first URL as the context, because a class loader may have a protocol that only its own URLs know. */
    private static String version(URL context, String properties, String key) {
        Properties versions = new Properties();
        try {
            URLConnection connection = new URL(context, properties).openConnection();
            connection.setUseCaches(false);
            try (InputStream stream = connection.getInputStream()) {
                versions.load(stream);
            }
        } catch (IOException e) {
            // a repacked jar may lack the file
        }
        return versions.getProperty(key, "of an unknown version");
    }
}
