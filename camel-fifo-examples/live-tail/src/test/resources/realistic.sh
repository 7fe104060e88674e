exec > "$1"
while IFS= read -r line; do
    echo "$line"
    sleep "$pause"
done <<'END'
INFO  shop 2.4.1 starts on till-3
INFO  GET /basket 200 12 ms
INFO  GET /orders 200 31 ms
INFO  GET /img/logo.svg 304 2 ms
INFO  load 0.42 0.37 0.30
INFO  POST /login 303 88 ms
INFO  GET /orders/4711 200 27 ms
WARN  stock of green tea is low: 3 left
INFO  GET /search?q=tea 200 64 ms
INFO  memory available 5310 MiB
INFO  POST /orders 201 143 ms
INFO  GET /health 200 1 ms
INFO  GET /basket 200 9 ms
INFO  GET /img/tea.jpg 200 5 ms
ERROR POST /orders 503 payment service does not answer, tried 3 times in 1500 ms
INFO  GET /orders/4712 200 25 ms
INFO  load 0.51 0.40 0.31
INFO  GET /search?q=oolong 200 58 ms
INFO  POST /orders 201 139 ms
INFO  GET /health 200 1 ms
<b>a line is text, whatever is in it</b>
INFO  GET /basket 200 11 ms
INFO  POST /orders 201 151 ms "Grüße aus Köln"
END
printf 'a writer that closes before its line ends'
