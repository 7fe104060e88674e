package io.github.camelfifo.frame;

import java.util.Arrays;

/**
 * The base of decoders that put frames together: the subclass, such as {@link LineDecoder}, finds where frames end, and
 * a {@link FrameAssembly} does the rest. Confined to the owner of the pipe.
 */
abstract class AssemblingDecoder implements FrameDecoder {

    final FrameAssembly assembly;
    private final BodyDecoder body;

    /**
     * Begins between frames.
     *
     * @param isText whether bodies are text by nature
     * @param endLength the longest end of a frame, in bytes; 0 when frames have no delimiter
     */
    AssemblingDecoder(FrameSettings settings, boolean isText, int endLength) {
        body = settings.bodyType().isText(isText) ? new TextDecoder(settings.charset()) : new BytesDecoder();
        assembly = switch (settings.oversizedFrame()) {
            case FAIL -> new RefusingAssembly(settings, body, endLength);
            case TRUNCATE -> new TruncatingAssembly(settings, body, endLength);
            case SPLIT -> new SplittingAssembly(settings, body, endLength);
        };
    }

    @Override
    public Frame finish() {
        return assembly.finish(true);
    }

    @Override
    public void discard() {
        assembly.discard();
    }

    @Override
    public boolean isMidFrame() {
        return assembly.isBegun();
    }

    @Override
    public long pendingBytes() {
        return assembly.held.length();
    }

    @Override
    public byte[] pending() {
        return Arrays.copyOf(assembly.held.bytes(), assembly.held.length());
    }

    @Override
    public final long bytesGone() {
        return assembly.gone();
    }

    @Override
    public final long malformedFrames() {
        return body.malformed();
    }
}
