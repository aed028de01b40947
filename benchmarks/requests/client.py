#!/usr/bin/env python3
"""The same as client.cpp with the official Python client: client.py BASE_URL CLIENTS REQUESTS."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import openai


def main():
    base_url, clients, requests = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    client = openai.OpenAI(api_key="sk-local", base_url=base_url)
    messages = [{"role": "system", "content": "Answer."}, {"role": "user", "content": "x" * 4000 + "\n\nWhat?"}]

    def ask(_):
        reply = client.chat.completions.create(model="gpt-4o-mini", messages=messages)
        return reply.choices[0].message.content

    ask(0)
    cpu, begin = time.process_time(), time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        for _ in pool.map(ask, range(requests)):
            pass
    elapsed = time.perf_counter() - begin
    print(f"{requests / elapsed:.1f} {(time.process_time() - cpu) / requests * 1e6:.1f}")


if __name__ == "__main__":
    main()
