export CLIENT_ID='amzn1.application-oa2-client.0123456789abcdef0123456789abcdef'
export CLIENT_SECRET="hunter2hunter2hunter2"
