package io.github.camelfifo.testing;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssertTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Finds the texts in sources, for tests of the documentation: each string literal, with what is concatenated to it. The
 * JDK's compiler reads the sources.
 */
public final class SourceTexts {

    /** Stands in a text for what is known only at run time. */
    public static final char VARIABLE = '\uFFFC';

    /**
     * One text.
     *
     * @param text with {@link #VARIABLE} for each variable
     * @param toldBy who tells users: a level and a logger, such as {@code WARN PipeLog}, the class of an exception, or
     *     {@code health}; empty for a text that goes elsewhere first
     * @param className where it stands
     */
    public record Found(String text, String toldBy, String className) {}

    private static final Pattern FORMAT_SPECIFIER = Pattern.compile("\\{}|%[0-9]*[sdX]");
    private static final Set<String> LEVELS = Set.of("debug", "info", "warn", "error");

    private SourceTexts() {}

    /**
     * Reads all sources in a folder and below.
     *
     * @param folder of the sources
     * @return all texts but those of annotations and assertions
     * @throws IOException when the folder cannot be read
     */
    public static List<Found> in(Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Found> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder);
                StandardJavaFileManager manager =
                        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(sources));
            for (CompilationUnitTree unit : task.parse()) {
                new Scanner(found).scan(unit, "");
            }
        }
        return found;
    }

    /** Its parameter says who tells the texts that it comes by. */
    private static final class Scanner extends TreeScanner<Void, String> {

        private final List<Found> found;
        private final Deque<String> classes = new ArrayDeque<>();

        Scanner(List<Found> found) {
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree tree, String toldBy) {
            classes.push(tree.getSimpleName().toString());
            super.visitClass(tree, "");
            classes.pop();
            return null;
        }

        @Override
        public Void visitAnnotation(AnnotationTree tree, String toldBy) {
            return null;
        }

        @Override
        public Void visitAssert(AssertTree tree, String toldBy) {
            return null;
        }

        @Override
        public Void visitNewClass(NewClassTree tree, String toldBy) {
            String name = lastName(tree.getIdentifier());
            scan(tree.getArguments(), isException(name) ? name : "");
            return scan(tree.getClassBody(), "");
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree tree, String toldBy) {
            String method = lastName(tree.getMethodSelect());
            if (method.equals("format") || method.equals("formatted") || method.equals("toString")) {
                return super.visitMethodInvocation(tree, toldBy);
            }
            scan(tree.getMethodSelect(), "");
            return scan(tree.getArguments(), teller(tree.getMethodSelect(), method));
        }

        private String teller(ExpressionTree select, String method) {
            String target = select instanceof MemberSelectTree member
                    ? member.getExpression().toString()
                    : "";
            if (target.equals("LOG") && LEVELS.contains(method)) {
                return method.toUpperCase(Locale.ROOT) + " " + outermost();
            }
            if (target.startsWith("LOG.at") && method.equals("log")) {
                // a level that is chosen at run time is INFO for what most users see
                String level =
                        target.startsWith("LOG.atLevel(") ? "INFO" : target.replaceAll("^LOG\\.at(\\w+).*", "$1");
                return level.toUpperCase(Locale.ROOT) + " " + outermost();
            }
            if ((method.equals("super") || method.equals("this")) && isException(classes.peek())) {
                return classes.peek();
            }
            return target.equals("builder") && method.equals("message") ? "health" : "";
        }

        @Override
        public Void visitBinary(BinaryTree tree, String toldBy) {
            StringBuilder text = new StringBuilder();
            if (tree.getKind() != Tree.Kind.PLUS || !concatenate(tree, text)) {
                return super.visitBinary(tree, "");
            }
            add(text.toString(), toldBy);
            return scanOperands(tree);
        }

        @Override
        public Void visitLiteral(LiteralTree tree, String toldBy) {
            if (tree.getKind() == Tree.Kind.STRING_LITERAL) {
                add((String) tree.getValue(), toldBy);
            }
            return null;
        }

        /** What chooses between texts is no text itself. */
        @Override
        public Void visitConditionalExpression(ConditionalExpressionTree tree, String toldBy) {
            scan(tree.getCondition(), "");
            scan(tree.getTrueExpression(), toldBy);
            return scan(tree.getFalseExpression(), toldBy);
        }

        /** For texts inside of the variables, such as both ends of a conditional expression. */
        private Void scanOperands(ExpressionTree tree) {
            if (tree instanceof BinaryTree plus && plus.getKind() == Tree.Kind.PLUS) {
                scanOperands(plus.getLeftOperand());
                return scanOperands(plus.getRightOperand());
            }
            return tree instanceof LiteralTree ? null : scan(tree, "");
        }

        /** Gives whether there is a string among the operands. */
        private static boolean concatenate(ExpressionTree tree, StringBuilder text) {
            if (tree instanceof BinaryTree plus && plus.getKind() == Tree.Kind.PLUS) {
                boolean left = concatenate(plus.getLeftOperand(), text);
                boolean right = concatenate(plus.getRightOperand(), text);
                return left || right;
            }
            if (tree.getKind() == Tree.Kind.STRING_LITERAL) {
                text.append(((LiteralTree) tree).getValue());
                return true;
            }
            text.append(VARIABLE);
            return false;
        }

        private void add(String text, String toldBy) {
            String constant = FORMAT_SPECIFIER.matcher(text).replaceAll(String.valueOf(VARIABLE));
            found.add(new Found(constant.strip(), toldBy, outermost()));
        }

        private String outermost() {
            return classes.peekLast();
        }

        private static boolean isException(String className) {
            return className != null && className.matches("\\w*(Exception|Error)");
        }

        private static String lastName(Tree tree) {
            if (tree instanceof MemberSelectTree member) {
                return member.getIdentifier().toString();
            }
            return tree instanceof IdentifierTree name ? name.getName().toString() : tree.toString();
        }
    }
}
