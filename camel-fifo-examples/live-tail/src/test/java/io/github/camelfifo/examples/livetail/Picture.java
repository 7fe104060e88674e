package io.github.camelfifo.examples.livetail;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Makes a picture of a page small enough for a repository. */
final class Picture {

    private static final int COLORS = 256;

    private Picture() {}

    /** The same PNG with a palette of its most frequent colours; the others, on the edges of letters, are as near as can be. */
    static byte[] withFewColors(byte[] png) throws IOException {
        BufferedImage all = ImageIO.read(new ByteArrayInputStream(png));
        int[] pixels = all.getRGB(0, 0, all.getWidth(), all.getHeight(), null, 0, all.getWidth());
        Map<Integer, Integer> counts = new HashMap<>();
        for (int pixel : pixels) {
            counts.merge(pixel, 1, Integer::sum);
        }
        List<Integer> palette = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
                .limit(COLORS)
                .map(Map.Entry::getKey)
                .toList();
        int[] colors = palette.stream().mapToInt(Integer::intValue).toArray();
        IndexColorModel model = new IndexColorModel(8, colors.length, colors, 0, false, -1, 0);
        BufferedImage few = new BufferedImage(all.getWidth(), all.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
        Map<Integer, Integer> nearest = new HashMap<>();
        for (int i = 0; i < pixels.length; i++) {
            int index = nearest.computeIfAbsent(pixels[i], color -> palette.indexOf(nearest(color, palette)));
            few.getRaster().setSample(i % all.getWidth(), i / all.getWidth(), 0, index);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(few, "png", out);
        return out.toByteArray();
    }

    private static int nearest(int color, List<Integer> palette) {
        return palette.stream()
                .min(Comparator.comparingInt(other -> distance(color, other)))
                .orElseThrow();
    }

    private static int distance(int a, int b) {
        int sum = 0;
        for (int shift = 0; shift < 24; shift += 8) {
            int difference = (a >> shift & 0xff) - (b >> shift & 0xff);
            sum += difference * difference;
        }
        return sum;
    }
}
