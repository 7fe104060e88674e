package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/**
 * {@link Framing#LENGTH_PREFIXED}: the length, unsigned and big-endian, then the bytes. Memory grows with incoming
 * bytes; a length alone takes none. An oversized frame is found at the first byte after its length. Made by
 * {@link Framing}.
 *
 * <p>When the stream ends in the middle of a length or just after it, the incomplete frame is empty, because a length
 * is not content.
 */
final class LengthPrefixedDecoder extends AssemblingDecoder {

    private final int prefixLength;

    /** How many bytes of the frame's length have come; 0 between frames. */
    private int prefixBytes;

    /** How many bytes of content are missing; before the whole length has come, the value of its first bytes. */
    private long missing;

    LengthPrefixedDecoder(FrameSettings settings) {
        super(settings, false, 0);
        prefixLength = settings.lengthFieldSize();
    }

    @Override
    public Frame decode(ByteBuffer input) throws FrameTooLongException {
        Frame frame = null;
        while (frame == null && hasPrefix(input) && (missing == 0 || input.hasRemaining())) {
            frame = content(input);
        }
        return frame;
    }

    @Override
    public Frame finish() {
        boolean withoutContent = prefixBytes > 0 && !assembly.isBegun();
        startAfresh();
        return withoutContent ? assembly.incompleteWithoutContent() : super.finish();
    }

    @Override
    public void discard() {
        startAfresh();
        super.discard();
    }

    @Override
    public boolean isMidFrame() {
        return prefixBytes > 0;
    }

    @Override
    public int bytesWanted() {
        if (prefixBytes == 0) {
            return 0;
        }
        return prefixBytes < prefixLength ? prefixLength - prefixBytes : (int) Math.min(missing, Integer.MAX_VALUE);
    }

    @Override
    public long pendingBytes() {
        boolean skipping = assembly.isBegun() && assembly.held.length() == 0;
        return skipping ? 0 : (long) prefixBytes + assembly.held.length();
    }

    /** A length that counts only the bytes to come keeps another decoder at the frames' ends. */
    @Override
    public byte[] pending() {
        byte[] content = super.pending();
        boolean whole = prefixBytes == prefixLength;
        long length = whole ? content.length + missing : missing;
        byte[] pending = new byte[prefixBytes + content.length];
        for (int i = prefixBytes - 1; i >= 0; i--) {
            pending[i] = (byte) length;
            length >>>= Byte.SIZE;
        }
        System.arraycopy(content, 0, pending, prefixBytes, content.length);
        return pending;
    }

    /** Takes bytes of the frame's length; true when the whole length has come. */
    private boolean hasPrefix(ByteBuffer input) {
        for (; prefixBytes < prefixLength && input.hasRemaining(); prefixBytes++) {
            missing = (missing << Byte.SIZE) | Byte.toUnsignedLong(input.get());
        }
        return prefixBytes == prefixLength;
    }

    private Frame content(ByteBuffer input) throws FrameTooLongException {
        int start = input.position();
        long length = assembly.taken() + missing;
        try {
            return missing <= input.remaining()
                    ? assembly.end(input, length, start + (int) missing)
                    : assembly.goOn(input, input.remaining(), length);
        } finally {
            missing -= input.position() - start;
            if (missing == 0) {
                prefixBytes = 0;
            }
        }
    }

    private void startAfresh() {
        prefixBytes = 0;
        missing = 0;
    }
}
